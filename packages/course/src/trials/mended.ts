import type { IncidentLeak } from '@leak-lab/incident';
import type { Sight, Tools } from '../lab.ts';
import { warmUp_requests } from '../measure/requests.ts';
import { growthOf, type HeldReading, heldNow } from './held-now.ts';
import { failedRequests, loadLearnersCode, unanswered } from './learners-code.ts';

/** Two collections differ by some 200 KB for nothing: that is 40 bytes of each. */
const load_requests = 5_000;
/** Less is noise. */
const most_bytesPerRequest = 100;

/** One thing that the mended code was expected to do, and did not. */
export interface Failure {
  readonly expectation: string;
  readonly came: string;
  /** Of the learner's file, where that is known. */
  readonly line?: number | null;
}

/** Tries the learner's file: that it loads, does what it did before, and leaves nothing of a request under load. */
export async function mended(
  tools: Tools,
  { id, bytes_per_request }: IncidentLeak,
  behave: () => Promise<{ readonly failures: readonly Failure[] }>,
): Promise<Sight> {
  try {
    // By itself first: what ends or holds up a process is not let into the service.
    tools.tell('does your file still do what it is for?');
    const [failure] = (await behave()).failures;
    if (failure !== undefined) {
      const where = failure.line ? ` (line ${failure.line})` : '';
      return {
        seen: false,
        saw: `it does not do what it is for any more${where}: expected ${failure.expectation}; came ${failure.came}`,
      };
    }
    return (await loadLearnersCode(tools, { id, bytes_per_request })) ?? (await flatUnderLoad(tools));
  } catch (error) {
    return unanswered(tools, error);
  }
}

async function flatUnderLoad(tools: Tools): Promise<Sight> {
  const loads = [warmUp_requests, load_requests / 2, load_requests / 2];
  const readings: HeldReading[] = [];
  let sent = 0;
  for (const requests of loads) {
    tools.tell(`sending requests: ${sent.toLocaleString('en')} of ${total(loads).toLocaleString('en')}`);
    const { failed } = await tools.send(requests);
    if (failed > 0) return failedRequests(tools, failed);
    sent += requests;
    readings.push(await heldNow(tools));
  }
  const { held_bytes, requests } = growthOf(readings[0] as HeldReading, readings.at(-1) as HeldReading);
  const left = Math.round(held_bytes / Math.max(1, requests));
  const words = `${Math.max(0, left).toLocaleString('en')} bytes left of each of ${load_requests.toLocaleString('en')} requests`;
  return { seen: left < most_bytesPerRequest, saw: `${words}, all answered rightly` };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
