import { setTimeout as pause } from 'node:timers/promises';
import type { IncidentLeak } from '@leak-lab/incident';
import type { Sight, Tools } from '../lab.ts';
import { failedRequests, loadLearnersCode, unanswered } from './learners-code.ts';

const requests = 250;
/** Of so many requests one begins a call while it is tried. */
const oneIn = 5;
const look_ms = 250;

/** How the upstream behaves while it is tried, and so long its calls may take to be over after the last one. */
const weathers = [
  { name: 'usual', settings: {}, patience_ms: 4_000, words: 'as usual' },
  { name: 'failing', settings: { latency_ms: 50, failure_ratio: 1 }, patience_ms: 4_000, words: 'failing' },
  { name: 'slow', settings: { latency_ms: 60_000 }, patience_ms: undefined, words: 'slow' },
] as const;
type Weather = (typeof weathers)[number];

/** While the upstream is slow: a call may be given some seconds, and not for ever. */
const slowPatience_ms = 9_000;

const usual = { latency_ms: 800, body_bytes: 1024, failure_ratio: 0 };

/** The calls to the upstream so far, as the service counts them. */
interface Calls {
  readonly begun: number;
  readonly unfinished: number;
  readonly answered: number;
}

/** What came of the calls of one weather. */
interface Left extends Calls {
  readonly weather: Weather;
}

/**
 * Tries the learner's file while the upstream is as usual, failing and slow: whether all calls are over some seconds after the last one.
 * `slow_ms` after it while it is slow. Its figures: `usual_left`, `failing_left` and `slow_left`, of the calls that were begun the share that never ended.
 */
export async function openConnections(
  tools: Tools,
  leak: IncidentLeak,
  slow_ms: number = slowPatience_ms,
): Promise<Sight> {
  try {
    const refused = await loadLearnersCode(tools, { ...leak, one_in: oneIn });
    if (refused !== undefined) return refused;
    const left: Left[] = [];
    for (const weather of weathers) {
      const came = await under(tools, leak, weather, weather.patience_ms ?? slow_ms);
      if ('saw' in came) return came;
      left.push(came);
    }
    return judged(left);
  } catch (error) {
    return unanswered(tools, error);
  } finally {
    // The lab goes on as it was, with the learner's code, and without what was left open here.
    await tools.service('POST', '/admin/leaks/clear', { leak_type: leak.id }).catch(() => undefined);
    await tools.service('POST', '/admin/upstream', usual).catch(() => undefined);
    await tools
      .service('POST', `/admin/leaks/${leak.id}`, {
        enabled: true,
        ...(leak.one_in && { one_in: leak.one_in }),
      })
      .catch(() => undefined);
  }
}

async function under(
  tools: Tools,
  { id }: IncidentLeak,
  weather: Weather,
  patience_ms: number,
): Promise<Left | Sight> {
  const { service, tell, send, signal } = tools;
  const { settings, words } = weather;
  await service('POST', '/admin/upstream', { ...usual, ...settings });
  await service('POST', `/admin/leaks/${id}`, { enabled: true });
  const before = await callsNow(tools);
  tell(`requests, and the upstream ${words}`);
  const { failed } = await send(requests);
  // No call is begun any more: what is under way has its time.
  await service('POST', `/admin/leaks/${id}`, { enabled: false });
  if (failed > 0) return failedRequests(tools, failed);
  const end = performance.now() + patience_ms;
  const since = async (): Promise<Left> => {
    const now = await callsNow(tools);
    return {
      weather,
      begun: now.begun - before.begun,
      unfinished: Math.max(0, now.unfinished - before.unfinished),
      answered: now.answered - before.answered,
    };
  };
  let left = await since();
  while (left.unfinished > 0 && performance.now() < end && !signal.aborted) {
    tell(`the upstream ${words}: ${left.unfinished} of ${left.begun} calls are under way`);
    await pause(look_ms);
    left = await since();
  }
  return left;
}

async function callsNow({ service }: Tools): Promise<Calls> {
  const { json } = await service('GET', '/admin/resources');
  const { success, timeout, error, never_finished } = (
    json as {
      upstream: { requests: Record<'success' | 'timeout' | 'error' | 'never_finished', number> };
    }
  ).upstream.requests;
  return {
    begun: success + timeout + error + never_finished,
    unfinished: never_finished,
    answered: success,
  };
}

function judged(left: readonly Left[]): Sight {
  const figures = Object.fromEntries(
    left.map(({ weather, unfinished, begun }) => [`${weather.name}_left`, unfinished / Math.max(1, begun)]),
  );
  const words = left.map(
    ({ weather, unfinished, begun }) =>
      `upstream ${weather.words}: ${unfinished} of ${begun} calls are still open`,
  );
  const [asUsual, failing] = left;
  const readsNone = asUsual?.answered === 0 && asUsual.unfinished === 0;
  // After good answers nothing speaks against the next call: a bound that calls take and never give back does.
  if (readsNone || failing?.begun === 0)
    return {
      seen: false,
      saw: `it does not do what it is for any more: ${readsNone ? 'the upstream was asked for no stock, or no answer was read' : 'after the first calls it makes no more'}`,
      figures,
    };
  return { seen: left.every(({ unfinished }) => unfinished === 0), saw: words.join('; '), figures };
}
