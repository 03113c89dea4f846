/** Every query of every panel, annotation and variable of the dashboards, against the real Prometheus. */
import autocannon from 'autocannon';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { windows } from '../../grafana/src/variables.ts';
import {
  annotationsOf,
  type CommittedDashboard,
  committed,
  queriedPanels,
  queryOf,
  variablesOf,
} from '../../grafana/test/committed.ts';
import { getJson, postJson } from './ask.ts';
import { restarts, runScript } from './observe.ts';
import {
  drawPanels,
  fill,
  type Line,
  queryRange,
  type Span,
  type Variables,
  valuesOf,
} from './panels/draw.ts';
import { afterDeath, afterErrors, leaks, load, underLeak, withOwnCase } from './panels/expectations.ts';
import { describeGrafana } from './panels/grafana.ts';
import { unmet } from './panels/movement.ts';
import { openStack, readServices, type Stack } from './stack.ts';

const now_seconds = () => Date.now() / 1000;
/** Two scrapes of the service and one of the rest: what happened until then is known. */
const scraped_ms = 5_500;

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  await isBack();
});
afterAll(() => stack?.close());

/** The variables as Grafana would set them: the first instance, or all. */
async function variablesFor(dashboard: CommittedDashboard, window: string = load.window): Promise<Variables> {
  const variables = await Promise.all(
    variablesOf(dashboard).map(async (variable) => {
      const [first] = await valuesOf(stack.url.prometheus, variable);
      return [variable.name, variable.allValue ?? first ?? ''] as const;
    }),
  );
  return { ...Object.fromEntries(variables), window };
}

async function drawAll(span: Span, window?: string): Promise<Line[]> {
  const drawn = committed.map(async (dashboard) =>
    drawPanels(stack.url.prometheus, dashboard, await variablesFor(dashboard, window), span),
  );
  return (await Promise.all(drawn)).flat();
}

/** Waits for the service to answer, and for Prometheus to have read the process that does. */
const isBack = () =>
  vi.waitFor(
    async () => {
      const { started_at } = await getJson<{ started_at: string }>(`${stack.url.service}/admin/sample`);
      const [series] = await queryRange(
        stack.url.prometheus,
        'process_start_time_seconds{job="leaky-service"}',
        justNow(),
      );
      // It is in whole seconds there.
      expect(Number(series?.values.at(-1)?.[1])).toBeGreaterThan(Date.parse(started_at) / 1000 - 2);
    },
    { timeout: 60_000, interval: 500 },
  );

const justNow = (): Span => ({ from_seconds: now_seconds() - 1, to_seconds: now_seconds() });
const passes = (time_ms: number) => new Promise((resolve) => setTimeout(resolve, time_ms));

/** A fresh process, the leak on, and load; returns when it was. */
async function runLeak(leak: string): Promise<Span> {
  await stack.compose('restart', '--timeout', '5', 'leaky-service');
  await isBack();
  const from_seconds = now_seconds();
  await postJson(`${stack.url.service}/admin/leaks/${leak}`, { enabled: true });
  const { requests, requests_perSecond } = load;
  const url = `${stack.url.service}/api/data`;
  await autocannon({ url, connections: 20, overallRate: requests_perSecond, amount: requests });
  const to_seconds = now_seconds();
  await passes(scraped_ms);
  return { from_seconds, to_seconds };
}

it('expects something of every panel that asks', () => {
  const named = new Set([...underLeak('cache'), ...afterDeath, ...afterErrors].map(({ panel }) => panel));
  expect([...named].sort()).toEqual(queriedPanels.map(({ row, panel }) => `${row} / ${panel.title}`).sort());
});

/** The last run with a leak. */
let loaded: Span;

describe.for(leaks)('under load with the leak %s', (leak) => {
  let span: Span;
  let lines: Line[];
  beforeAll(async () => {
    span = await runLeak(leak);
    lines = await drawAll(span);
    loaded = span;
  });

  it('every panel draws numbers, but those that have nothing to tell', () => {
    const drawn = new Set(lines.filter(({ points }) => points.length > 0).map(({ panel }) => panel));
    const all = queriedPanels.map(({ row, panel }) => `${row} / ${panel.title}`);
    expect(all.filter((panel) => !drawn.has(panel) && !withOwnCase.includes(panel))).toEqual([]);
    for (const { panel, name } of lines) expect(name, panel).not.toBe('');
  });

  it('moves the panels that it must, and no others', () => expect(unmet(underLeak(leak), lines)).toEqual([]));

  if (leak === leaks[0])
    it.for(windows)('draws the same panels over a window of %s', async (window) => {
      const drawn = (await drawAll(span, window)).filter(({ points }) => points.length > 0);
      const names = (some: readonly Line[]) => [...new Set(some.map(({ panel }) => panel))].sort();
      expect(names(drawn)).toEqual(names(lines.filter(({ points }) => points.length > 0)));
    });
});

describe('what is marked', () => {
  const [dashboard] = committed.filter(({ uid }) => uid === 'memory-leak-investigation');
  /** Times at which an annotation has a value above 0, or the values where they are times. */
  async function marks(name: string, span: Span): Promise<number[]> {
    if (!dashboard) throw new Error('Expected the investigation among the dashboards');
    const annotation = annotationsOf(dashboard).find((one) => one.name === name);
    if (!annotation) throw new Error(`Expected an annotation ${name}`);
    const expr = fill(queryOf(annotation).expr, await variablesFor(dashboard), span);
    const values = (await queryRange(stack.url.prometheus, expr, span)).flatMap((series) => series.values);
    return values
      .filter(([, value]) => Number(value) > 0)
      .map(([at_seconds, value]) => (annotation.useValueForTime ? Number(value) / 1000 : at_seconds));
  }

  let before: Span;
  let died: Span;
  let lines: Line[];
  beforeAll(async () => {
    // The last leak is still on: on with it to the end.
    const quiet_seconds = now_seconds();
    await passes(scraped_ms);
    const from_seconds = now_seconds();
    before = { from_seconds: quiet_seconds, to_seconds: from_seconds };
    const k6 = await runScript(stack, 'memory-stress.ts');
    expect(k6, k6.stdout + k6.stderr).toMatchObject({ code: 0 });
    await isBack();
    await passes(scraped_ms);
    died = { from_seconds, to_seconds: now_seconds() };
    lines = await drawAll(died);
  });

  it('the panels of deaths and alerts fill when the service dies', async () => {
    expect(await restarts(await stack.containerOf('leaky-service'))).toBeGreaterThan(0);
    expect(unmet(afterDeath, lines)).toEqual([]);
  });

  it('a leak from on to off', async () => {
    const on = await marks('Leaks on', died);
    expect(on.length).toBeGreaterThan(5);
    const [death] = await marks('Deaths', died);
    expect(Math.max(...on)).toBeLessThanOrEqual((death ?? 0) + 6);
  });

  it('load from its beginning to its end', async () => {
    expect(await marks('Load', { ...before, from_seconds: before.to_seconds - 3 })).toEqual([]);
    const during = await marks('Load', died);
    expect(during.length).toBeGreaterThan(5);
    expect(during[0]).toBeGreaterThan(died.from_seconds);
    expect(during.at(-1)).toBeLessThan(died.to_seconds - 2);
  });

  it('the death, and the start of the next process at its moment', async () => {
    const [death] = await marks('Deaths', died);
    expect(death).toBeGreaterThan(died.from_seconds);
    const { started_at } = await getJson<{ started_at: string }>(`${stack.url.service}/admin/sample`);
    const starts = new Set(await marks('Starts', died));
    expect(starts.size).toBe(2);
    expect(Math.max(...starts)).toBeCloseTo(Date.parse(started_at) / 1000, -0.5);
  });
});

describe('requests that are refused, with bodies', () => {
  let span: Span;
  beforeAll(async () => {
    const from_seconds = now_seconds();
    for (let sent = 0; sent < 100; sent++) {
      await fetch(`${stack.url.service}/not-there/${sent}`, { method: 'POST', body: 'x'.repeat(10_000) });
      await passes(60);
    }
    await passes(scraped_ms);
    span = { from_seconds, to_seconds: now_seconds() };
  });

  it('fill the panels of errors and sizes', async () =>
    expect(unmet(afterErrors, await drawAll(span))).toEqual([]));

  it.for(queriedPanels.filter(({ panel }) => panel.targets?.some(({ exemplar }) => exemplar)))(
    'a dot of "$panel.title" leads to a trace in Jaeger',
    async ({ panel }) => {
      const dashboard = committed.find(({ panels }) => panels.some(({ title }) => title === panel.title));
      const expr = panel.targets?.find(({ exemplar }) => exemplar)?.expr;
      if (!dashboard || !expr) throw new Error('Expected a query with exemplars');
      const query = new URLSearchParams({
        query: fill(expr, await variablesFor(dashboard), span),
        start: `${span.from_seconds - 120}`,
        end: `${span.to_seconds}`,
      });
      interface Exemplars {
        readonly data: readonly {
          readonly exemplars: readonly { readonly labels: { trace_id: string } }[];
        }[];
      }
      const { data } = await getJson<Exemplars>(`${stack.url.prometheus}/api/v1/query_exemplars?${query}`);
      const [last] = data.flatMap(({ exemplars }) => exemplars).slice(-1);
      const trace = () => fetch(`${stack.url.jaeger}/api/traces/${last?.labels.trace_id}`);
      await expect.poll(async () => (await trace()).status, { timeout: 30_000 }).toBe(200);
    },
  );
});

if ((await readServices()).absent.includes('grafana'))
  console.warn('grafana: not run (its image is not on this machine)');
else {
  let variables: Variables;
  beforeAll(async () => {
    variables = Object.assign({}, ...(await Promise.all(committed.map((one) => variablesFor(one)))));
  });
  describeGrafana(() => ({ stack, span: loaded, variables }));
}
