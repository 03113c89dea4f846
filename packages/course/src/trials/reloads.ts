import type { IncidentLeak } from '@leak-lab/incident';
import { bytesOf } from '@leak-lab/leak-verdict';
import type { Sight, Tools } from '../lab.ts';
import { growthOf, heldNow } from './held-now.ts';
import { loadLearnersCode, thrownLast, unanswered } from './learners-code.ts';

const path = '/api/blocklist/reload';
const warmUp_reloads = 2;
const measured_reloads = 6;
const unchanged_reloads = 5;
/** Of a list: what is left of a reload beyond it is no noise, and an unchanged one that makes as much of it is not skipped. */
const most_share = 0.15;
const leastOfUnchanged_share = 0.3;
const recording_seconds = 2;

/** What the service answers to a reload. */
interface Loaded {
  readonly version: string;
  readonly domains: number;
  readonly added: number;
}

/**
 * Tries the learner's file: that it loads, takes a configuration that has changed and says what is new in it, keeps next to nothing
 * of each reload, and does no work for one that has not changed.
 */
export async function reloadsMended(tools: Tools, leak: IncidentLeak): Promise<Sight> {
  try {
    return (await loadLearnersCode(tools, leak)) ?? (await tried(tools, leak.bytes_per_request));
  } catch (error) {
    return unanswered(tools, error);
  }
}

async function tried(tools: Tools, list_bytes: number): Promise<Sight> {
  tools.tell('reloading lists that have changed');
  const first = await changed(tools, warmUp_reloads);
  const before = await heldNow(tools);
  const fault = first ?? (await changed(tools, measured_reloads));
  if (fault !== undefined) return { seen: false, saw: fault };
  const { held_bytes } = growthOf(before, await heldNow(tools));
  const left_bytes = Math.round(held_bytes / measured_reloads);
  const figures = { bytes_per_reload: left_bytes };
  const left = `${bytesOf(Math.max(0, left_bytes))} left of each of ${measured_reloads} reloads`;
  if (left_bytes > most_share * list_bytes) return { seen: false, saw: left, figures };
  tools.tell('reloading the list that is loaded already');
  const unchanged = await unchangedWork(tools);
  if (typeof unchanged === 'string') return { seen: false, saw: unchanged, figures };
  const made = `${bytesOf(unchanged.made_bytes)} made for each of ${unchanged_reloads} that brought nothing new`;
  if (unchanged.made_bytes > leastOfUnchanged_share * list_bytes)
    return { seen: false, saw: `${left}, but ${made}`, figures };
  // What skips must not skip for ever.
  const missed = await changed(tools, 1);
  return missed === undefined
    ? { seen: true, saw: `${left}; ${made}; what had changed was taken`, figures }
    : { seen: false, saw: missed, figures };
}

const version = (): string => `list-${crypto.randomUUID()}`;

/** Why a reload did not take what it was given; `undefined` where each did. */
async function changed(tools: Tools, reloads: number): Promise<string | undefined> {
  let before: Loaded | undefined;
  for (let number = 0; number < reloads; number += 1) {
    const wanted = version();
    const answer = await reload(tools, wanted);
    if (typeof answer === 'string') return answer;
    if (answer.domains === 0) return 'a reload of a version that is new loaded no domains';
    // The first one is all new, or new against a list that was there before.
    if (answer.added === 0 || (before !== undefined && answer.added >= answer.domains))
      return `expected some of the ${answer.domains.toLocaleString('en')} domains of another version to be new; ${answer.added.toLocaleString('en')} were`;
    before = answer;
  }
  return undefined;
}

/** Bytes that were allocated for each reload of the version that is loaded; in words what was wrong with its answer. */
async function unchangedWork(tools: Tools): Promise<{ readonly made_bytes: number } | string> {
  const same = version();
  const first = await reload(tools, same);
  if (typeof first === 'string') return first;
  const query = `seconds=${recording_seconds}`;
  const recording = tools.service('GET', `/admin/heap/allocations?${query}`);
  for (let number = 0; number < unchanged_reloads; number += 1) {
    const again = await reload(tools, same);
    if (typeof again === 'string') return again;
    if (again.domains !== first.domains)
      return `the version that is loaded has ${first.domains.toLocaleString('en')} domains; reloaded it had ${again.domains.toLocaleString('en')}`;
  }
  const { status, json } = await recording;
  if (status !== 200)
    return `what it makes could not be recorded: GET /admin/heap/allocations answered ${status}`;
  return { made_bytes: (json as { total_size_bytes: number }).total_size_bytes / unchanged_reloads };
}

/** What a reload was answered with; in words what came where that was no answer. */
async function reload(tools: Tools, wanted: string): Promise<Loaded | string> {
  const { status, json } = await tools.service('POST', path, { version: wanted });
  if (status === 200) return json as Loaded;
  const { message } = (json as { error?: { message?: string } }).error ?? {};
  const why = (await thrownLast(tools)) ?? message;
  return `a reload was answered with ${status}${why === undefined ? '' : `: ${why}`}`;
}
