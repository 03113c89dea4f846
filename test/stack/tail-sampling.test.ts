import { afterAll, beforeAll, expect, it } from 'vitest';
import { getJson, queryPrometheus } from './ask.ts';
import { openStack, type Stack } from './stack.ts';

const patience = { timeout: 60_000, interval: 500 };

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ TAIL_SAMPLING: 'on' });
  // Slow ones and failing ones can be had of the upstream, which traces as the service does.
  // The collector decides in the order they came: with the last of them, the others are decided too.
  await ask(200, 'latency_ms=0');
  await ask(20, 'latency_ms=400');
  await ask(20, 'latency_ms=0&failure_ratio=1');
});
afterAll(() => stack?.close());

async function ask(times: number, settings: string): Promise<void> {
  const program = `
    for (let left = ${times}; left > 0; left--) await fetch('http://localhost:8090/data?${settings}').then((answer) => answer.text());
  `;
  const asked = await stack.compose(
    'exec',
    '--no-TTY',
    'upstream',
    'node',
    '--input-type=module',
    '--eval',
    program,
  );
  expect(asked, asked.stderr).toMatchObject({ code: 0 });
}

interface Trace {
  readonly spans: {
    readonly duration: number;
    readonly tags: { readonly key: string; readonly value: unknown }[];
  }[];
}

/** How many traces of the upstream Jaeger has, by what they are. */
async function kept(): Promise<{ slow: number; failed: number; others: number }> {
  const { data } = await getJson<{ data: Trace[] }>(
    `${stack.url.jaeger}/api/traces?service=upstream&limit=1000`,
  );
  const counts = { slow: 0, failed: 0, others: 0 };
  for (const { spans } of data) {
    const [span] = spans;
    if ((span?.duration ?? 0) > 250_000) counts.slow += 1;
    else if (span?.tags.some(({ key, value }) => key === 'http.response.status_code' && value === 503))
      counts.failed += 1;
    else counts.others += 1;
  }
  return counts;
}

it('keeps every slow request and every one that failed, and some of the others', async () => {
  await expect.poll(kept, patience).toMatchObject({ slow: 20, failed: 20 });
  const { others } = await kept();
  expect(others).toBeGreaterThan(2);
  expect(others).toBeLessThan(60);
});

it('counts all of them', () =>
  expect
    .poll(
      () =>
        queryPrometheus(
          stack.url.prometheus,
          'sum(traces_span_metrics_calls_total{service_name="upstream"})',
        ),
      patience,
    )
    .toBe(240));
