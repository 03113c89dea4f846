import type { IncidentLeak } from '@leak-lab/incident';
import { median } from '@leak-lab/leak-verdict';
import { buildEvents_period, bytesPerLargeEvent } from '../customers/build-events.ts';
import type { Sight, Tools } from '../lab.ts';
import { growthOf, type HeldReading, heldNow } from './held-now.ts';
import { failedRequests, loadLearnersCode, unanswered } from './learners-code.ts';

/** Whole rounds of what the customers send, so that each kind comes in its share. */
const warmUp_events = 6 * buildEvents_period;
const load_events = 10 * buildEvents_period;
/**
 * The median of so many loads counts: what a process lets go of only now, as of its start or of code that it has loaded, is some MB
 * once, and as much as a load leaves.
 */
const loads = 3;
/** Of what stayed before, less than this is none: two collections differ by that much for nothing. */
const enough = 0.1;

/** What stays of each large event, bytes. */
interface Left {
  readonly each_bytes: number;
  readonly outside_bytes: number;
}

/**
 * Tries the learner's file under what the lab's customers send: what stays of each large event, against what stays with the code as it
 * is. Its figures: `share`, of what stayed before, and both in bytes.
 */
export async function keptOfEvents(tools: Tools, leak: IncidentLeak): Promise<Sight> {
  // A large event that is under way as memory is read would be counted as kept.
  const release = tools.hold();
  try {
    const known = tools.evidence().tries.find(({ figures }) => figures['before_bytes'] !== undefined);
    const before_bytes = known?.figures['before_bytes'] ?? (await leftBefore(tools, leak));
    const refused = await loadLearnersCode(tools, leak);
    if (refused !== undefined) return refused;
    const wrong = await tellsRepeated(tools);
    if (wrong !== undefined) return { seen: false, saw: wrong };
    const left = await leftUnderLoad(tools);
    return 'saw' in left ? left : judged(before_bytes, left);
  } catch (error) {
    return unanswered(tools, error);
  } finally {
    release();
  }
}

/** What stays of each large event with the code as it is: measured once. */
async function leftBefore(tools: Tools, { id, ...amount }: IncidentLeak): Promise<number> {
  tools.tell('first the code as it is, to have something to hold it against');
  await tools.service('POST', `/admin/leaks/${id}`, { enabled: true, variant: 'leaky', ...amount });
  const left = await leftUnderLoad(tools);
  if ('saw' in left) throw new Error(left.saw);
  return left.outside_bytes;
}

async function leftUnderLoad(tools: Tools): Promise<Left | Sight> {
  const first = await tools.send(warmUp_events);
  if (first.failed > 0) return failedRequests(tools, first.failed);
  tools.tell(`sending ${(loads * load_events).toLocaleString('en')} events as the customers do`);
  const left: Left[] = [];
  let before = await heldNow(tools);
  for (let load = 0; load < loads; load += 1) {
    const { failed } = await tools.send(load_events);
    if (failed > 0) return failedRequests(tools, failed);
    const after = await heldNow(tools);
    left.push(leftOf(growthOf(before, after)));
    before = after;
  }
  return {
    each_bytes: median(left.map(({ each_bytes }) => each_bytes)),
    outside_bytes: median(left.map(({ outside_bytes }) => outside_bytes)),
  };
}

function leftOf({ held_bytes, external_bytes, body_bytes }: HeldReading): Left {
  const large = Math.max(1, body_bytes / bytesPerLargeEvent);
  return { each_bytes: held_bytes / large, outside_bytes: external_bytes / large };
}

function judged(before_bytes: number, { each_bytes, outside_bytes }: Left): Sight {
  const share = outside_bytes / before_bytes;
  const less = `${Math.round(100 * (1 - share))} % less`;
  const figures = { before_bytes, left_bytes: Math.max(0, outside_bytes), share: Math.max(0, share) };
  const words = `${size(outside_bytes)} of each large event stay outside of the heap, of ${size(before_bytes)} before: ${less}`;
  const inHeap = share < enough && each_bytes >= enough * before_bytes;
  return {
    seen: share < enough && !inHeap,
    saw: inHeap ? `${words}; but ${size(each_bytes - outside_bytes)} of each stay in the heap now` : words,
    figures,
  };
}

const size = (bytes: number): string => `${Math.round(Math.max(0, bytes)).toLocaleString('en')} bytes`;

/** What the buffers are there for: an event that comes twice in a row is told as such, and another one is not. Why not, else nothing. */
async function tellsRepeated({ service, tell }: Tools): Promise<string | undefined> {
  tell('does your file still do what it is for?');
  const told: unknown[] = [];
  for (const number of [1, 1, 2, 1]) {
    const event = { event: 'check', number, note: 'x'.repeat(300) };
    told.push(((await service('POST', '/api/ingest', event)).json as { repeated?: unknown }).repeated);
  }
  if (JSON.stringify(told) === '[false,true,false,false]') return undefined;
  const came = told.map((one) => JSON.stringify(one) ?? 'nothing').join(', ');
  return `it does not do what it is for any more: of four events, the second like the first, "repeated" was expected to be false, true, false, false; came ${came}`;
}
