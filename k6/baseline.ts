/**
 * The service as it should be: no leak on, the default load for a minute. Says what memory did meanwhile.
 *   docker compose run --rm k6 run /scripts/baseline.ts      RATE=200 DURATION=60s
 */
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { duration_seconds, leaksOn, memoryNow, rate, readData } from './lab.ts';

export const options: Options = {
  scenarios: {
    baseline: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${duration_seconds(60)}s`,
      preAllocatedVUs: 20,
      maxVUs: 200,
    },
  },
  thresholds: { http_req_failed: ['rate<0.001'], http_req_duration: ['p(95)<250'] },
};

export function setup(): { before: string } {
  const on = leaksOn();
  if (on !== undefined && on.length > 0) {
    exec.test.abort(`Expected no leak to be on, got ${on.join(', ')}. Turn them off: ./lab reset`);
  }
  return { before: memoryNow() };
}

export default function baseline(): void {
  readData();
}

export function teardown({ before }: { before: string }): void {
  console.log(`Memory: ${before} before, ${memoryNow()} after.`);
}
