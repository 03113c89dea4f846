import { bytesOf, type Phase, usedBytes } from '@leak-lab/leak-verdict';
import { formatSeconds } from '../text/duration.ts';
import type { Progress, Rest } from './procedure.ts';

/** What is still to come, for an estimate. */
export interface Plan {
  readonly rest: Rest;
  readonly idle: Rest;
  readonly workers: number;
}

const words: Readonly<Record<Phase, string>> = {
  'warm-up': 'warm-up',
  baseline: 'baseline',
  load: 'load',
  after: 'after it',
  idle: 'idle',
};

/** The line that says how it goes: elapsed, phase, requests, memory, its growth, workers, and how long it still takes. */
export function stressLine(progress: Progress, plan: Plan): string {
  const { phase, elapsed_seconds, counts, requests_planned, reading, initial, number } = progress;
  const used = usedBytes(reading);
  const first = initial === undefined ? null : usedBytes(initial);
  const grown = used === null || first === null ? undefined : used - first;
  const of = typeof reading.limit_bytes === 'number' ? ` of ${bytesOf(reading.limit_bytes)}` : '';
  const memory = used === null ? 'memory not read' : `memory ${bytesOf(used)}${of}`;
  const seconds = secondsLeft(progress, plan);
  const sent = phase === 'warm-up' ? '' : ` of ${requests_planned.toLocaleString('en')}`;
  const parts = [
    `${formatSeconds(elapsed_seconds)}  ${words[phase]}${number === undefined ? '' : ` ${number}`}`,
    `${counts.requests.toLocaleString('en')}${sent} requests${counts.failed > 0 ? ` (${counts.failed.toLocaleString('en')} failed)` : ''}`,
    memory + (grown === undefined ? '' : ` (${grown < 0 ? '' : '+'}${bytesOf(grown)})`),
    `${plan.workers} workers`,
    ...(seconds === undefined ? [] : [`~${formatSeconds(seconds)} left`]),
  ];
  return parts.join('  ');
}

/** How long it still takes, by how fast requests were answered so far; `undefined` before any load. */
function secondsLeft(
  { phase, counts, requests_planned, load_seconds, number = 0, rests_done }: Progress,
  { rest, idle }: Plan,
): number | undefined {
  if (phase === 'warm-up' || counts.requests === 0 || load_seconds === 0) return undefined;
  const sending = ((requests_planned - counts.requests) * load_seconds) / counts.requests;
  const lengthOf = ({ readings, interval_seconds }: Rest) => readings * interval_seconds;
  const resting = phase === 'load' ? 0 : number * (phase === 'idle' ? idle : rest).interval_seconds;
  const all = 3 * lengthOf(rest) + lengthOf(idle);
  return Math.max(0, sending + all - rests_done * lengthOf(rest) - resting);
}
