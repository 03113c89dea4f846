/**
 * Bursts of four times the rate, with rests between them. Memory that a burst took and a rest gives back
 * was no leak; what stays, and grows with the next burst, is.
 *   docker compose run --rm k6 run /scripts/burst.ts      RATE=200
 */
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import type { Drive } from '../packages/workload/src/index.ts';
import { driveOfLeaks, memoryNow, rate, sendIfDue } from './lab.ts';

const calm = Math.ceil(rate / 4);
const burst = rate * 4;
const bursts = 4;

export const options: Options = {
  scenarios: {
    burst: {
      executor: 'ramping-arrival-rate',
      startRate: calm,
      preAllocatedVUs: 200,
      maxVUs: 400,
      stages: Array.from({ length: bursts }, () => [
        { target: calm, duration: '10s' },
        { target: burst, duration: '1s' },
        { target: burst, duration: '5s' },
        { target: calm, duration: '1s' },
      ]).flat(),
    },
    watch: {
      executor: 'constant-arrival-rate',
      exec: 'watch',
      rate: 1,
      timeUnit: '5s',
      duration: '68s',
      preAllocatedVUs: 1,
    },
  },
  thresholds: { http_req_failed: ['rate<0.01'] },
};

export const setup = (): { drive: Drive } => ({ drive: driveOfLeaks() });

export default function sendBurst({ drive }: { drive: Drive }): void {
  sendIfDue(drive);
}

export function watch(): void {
  const at_seconds = Math.round(exec.instance.currentTestRunDuration / 1000);
  console.log(`${at_seconds} s: ${memoryNow()}`);
}
