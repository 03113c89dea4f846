/**
 * An even load for as long as one wants to watch, whatever leaks are on. Fails when requests begin to.
 *   docker compose run --rm k6 run /scripts/steady.ts      RATE=200 DURATION=10m
 */
import type { Options } from 'k6/options';
import type { Drive } from '../packages/workload/src/index.ts';
import { driveOfLeaks, duration_seconds, leaksInWords, rate, sendIfDue } from './lab.ts';

export const options: Options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${duration_seconds(600)}s`,
      preAllocatedVUs: 20,
      maxVUs: 200,
    },
  },
  thresholds: { http_req_failed: ['rate<0.01'] },
};

export function setup(): { drive: Drive } {
  const drive = driveOfLeaks();
  console.log(`${leaksInWords()} Requests: ${drive.method} ${drive.path}.`);
  return { drive };
}

export default function steady({ drive }: { drive: Drive }): void {
  sendIfDue(drive);
}
