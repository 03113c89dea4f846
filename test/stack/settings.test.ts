/** What `.env` switches reaches the parts: one stack with all of it on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queriedPanels } from '../../grafana/test/committed.ts';
import { getJson, queryPrometheus } from './ask.ts';
import { runScript } from './observe.ts';
import type { Line } from './panels/draw.ts';
import { drawAll, isBack, isScraped, now_seconds } from './panels/scene.ts';
import { openStack, type Stack } from './stack.ts';

const patience = { timeout: 60_000, interval: 500 };

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ TAIL_SAMPLING: 'on', BLIND: '1', LEAKS: 'cache' });
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

interface Span {
  readonly duration: number;
  readonly tags: { readonly key: string; readonly value: unknown }[];
}

async function tracesOf(service: string): Promise<{ readonly spans: Span[] }[]> {
  const url = `${stack.url.jaeger}/api/traces?service=${service}&limit=1000`;
  return (await getJson<{ data: { spans: Span[] }[] }>(url)).data;
}

/** How many traces of the upstream Jaeger has, by what they are. */
async function kept(): Promise<{ slow: number; failed: number; others: number }> {
  const counts = { slow: 0, failed: 0, others: 0 };
  for (const { spans } of await tracesOf('upstream')) {
    const [span] = spans;
    if ((span?.duration ?? 0) > 250_000) counts.slow += 1;
    else if (span?.tags.some(({ key, value }) => key === 'http.response.status_code' && value === 503))
      counts.failed += 1;
    else counts.others += 1;
  }
  return counts;
}

describe('TAIL_SAMPLING=on', () => {
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
});

describe('BLIND=1 with a leak that is on', () => {
  let k6_says: string;
  let lines: Line[];
  beforeAll(async () => {
    await isBack(stack);
    const from_seconds = now_seconds();
    k6_says = (await runScript(stack, 'steady.ts', { RATE: '200', DURATION: '3s' })).stderr;
    await isScraped(stack);
    lines = await drawAll(stack, { from_seconds, to_seconds: now_seconds() });
  });

  it('leaves the service without a metric, a route or a field of leaks, and the console too', async () => {
    const metrics = await (await fetch(`${stack.url.service}/metrics`)).text();
    expect(metrics).toContain('http_requests_total');
    expect(metrics).not.toMatch(/leak_|cache"/);
    expect((await fetch(`${stack.url.service}/admin/leaks/status`)).status).toBe(404);
    expect(await getJson(`${stack.url.service}/admin/sample`)).not.toHaveProperty('leaks');
    expect(await getJson(`${stack.url.console}/api/now`)).not.toHaveProperty('leaks');
    const { stdout } = await stack.compose('logs', '--no-log-prefix', 'leaky-service');
    const begins = stdout.split('\n').find((line) => line.includes('"listening"'));
    expect(JSON.parse(begins ?? '')).not.toHaveProperty('leaks');
  });

  it('leaves spans their other attributes', async () => {
    const keys = async () =>
      (await tracesOf('leaky-service')).flatMap(({ spans }) =>
        spans.flatMap(({ tags }) => tags.map(({ key }) => key)),
      );
    await expect.poll(keys, patience).toContain('process.memory.used_after');
    expect(await keys()).not.toContain('leak.ids');
  });

  it('leaves what the lab knows empty on the dashboard, which says why, and draws the rest', () => {
    const row = 'What the lab knows';
    const ofRow = queriedPanels.filter((one) => one.row === row);
    expect(ofRow).toHaveLength(3);
    for (const { panel } of ofRow) expect(panel.fieldConfig?.defaults.noValue).toMatch(/the lab is blind/);
    expect(lines.filter(({ panel }) => panel.startsWith(`${row} /`))).toEqual([]);
    expect(lines.length).toBeGreaterThan(20);
  });

  it('is told by k6, which drives what is on', () => expect(k6_says).toContain('The lab is blind'));
});

it('GRAFANA_PORT leads from an alert to its page in that Grafana', async () => {
  await stack.compose('restart', '--timeout', '5', 'leaky-service');
  const links = async () => {
    const url = `${stack.url.prometheus}/api/v1/alerts`;
    const { data } = await getJson<{ data: { alerts: { annotations: Record<string, string> }[] } }>(url);
    return data.alerts.map(({ annotations }) => annotations['runbook_url']);
  };
  const { port } = new URL(stack.url.grafana);
  await expect.poll(links, patience).toContain(`http://localhost:${port}/d/runbooks`);
});
