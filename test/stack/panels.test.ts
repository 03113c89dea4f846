/** Every query of every panel, annotation and variable of the dashboards, against the real Prometheus. */
import autocannon from 'autocannon';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { windows } from '../../grafana/src/variables.ts';
import { annotationsOf, committed, queriedPanels, queryOf } from '../../grafana/test/committed.ts';
import { getJson } from './ask.ts';
import { restarts, runScript } from './observe.ts';
import { fill, type Line, queryRange, type Span, step_seconds, type Variables } from './panels/draw.ts';
import { afterDeath, afterErrors, leaks, underKeys, underLeak, withOwnCase } from './panels/expectations.ts';
import { describeGrafana } from './panels/grafana.ts';
import { together, unmet } from './panels/movement.ts';
import { drawAll, isBack, isScraped, now_seconds, runLeak, variablesFor } from './panels/scene.ts';
import { openStack, readServices, type Stack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  await isBack(stack);
});
afterAll(() => stack?.close());

it('expects something of every panel that asks', () => {
  const all = [...underLeak('cache'), ...afterDeath, ...afterErrors, ...underKeys];
  const named = new Set(all.map(({ panel }) => panel));
  expect([...named].sort()).toEqual(queriedPanels.map(({ row, panel }) => `${row} / ${panel.title}`).sort());
});

/** The last run with a leak. */
let loaded: Span;

describe.for(leaks)('under load with the leak %s', (leak) => {
  let span: Span;
  let lines: Line[];
  beforeAll(async () => {
    span = await runLeak(stack, leak);
    lines = await drawAll(stack, span);
    loaded = span;
  });

  it('every panel draws numbers, but those that have nothing to tell', () => {
    const drawn = new Set(lines.filter(({ points }) => points.length > 0).map(({ panel }) => panel));
    const all = queriedPanels.map(({ row, panel }) => `${row} / ${panel.title}`);
    expect(all.filter((panel) => !drawn.has(panel) && !withOwnCase.includes(panel))).toEqual([]);
    for (const { panel, name } of lines) expect(name, panel).not.toBe('');
  });

  it('moves the panels that it must, and no others', () => expect(unmet(underLeak(leak), lines)).toEqual([]));

  if (leak === 'cache')
    it.for(windows)('draws the same panels over a window of %s', async (window) => {
      const drawn = (await drawAll(stack, span, window)).filter(({ points }) => points.length > 0);
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
    const expr = fill(queryOf(annotation).expr, await variablesFor(stack, dashboard), span);
    const values = (await queryRange(stack.url.prometheus, expr, span)).flatMap((series) => series.values);
    return values
      .filter(([, value]) => Number(value) > 0)
      .map(([at_seconds, value]) => (annotation.useValueForTime ? Number(value) / 1000 : at_seconds));
  }

  let died: Span;
  let lines: Line[];
  beforeAll(async () => {
    // The last leak is still on, and the load of the run before is over: on with it to the end.
    const quiet = () => marks('Load', { from_seconds: now_seconds(), to_seconds: now_seconds() });
    await vi.waitFor(async () => expect(await quiet()).toEqual([]), { timeout: 30_000, interval: 500 });
    const from_seconds = now_seconds();
    const k6 = await runScript(stack, 'memory-stress.ts');
    expect(k6, k6.stdout + k6.stderr).toMatchObject({ code: 0 });
    await isBack(stack);
    // The end of a line is judged by its last points: all of them are to be of the next process.
    await isScraped(stack, now_seconds() + together * step_seconds);
    died = { from_seconds, to_seconds: now_seconds() };
    lines = await drawAll(stack, died);
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
    const url = `${stack.url.service}/not-there`;
    const body = 'x'.repeat(10_000);
    await autocannon({ url, method: 'POST', body, connections: 2, overallRate: 20, amount: 120 });
    await isScraped(stack);
    span = { from_seconds, to_seconds: now_seconds() };
  });

  it('fill the panels of errors and sizes', async () =>
    expect(unmet(afterErrors, await drawAll(stack, span))).toEqual([]));

  it.for(queriedPanels.filter(({ panel }) => panel.targets?.some(({ exemplar }) => exemplar)))(
    'a dot of "$panel.title" leads to a trace in Jaeger',
    async ({ panel }) => {
      const dashboard = committed.find(({ panels }) => panels.some(({ title }) => title === panel.title));
      const expr = panel.targets?.find(({ exemplar }) => exemplar)?.expr;
      if (!dashboard || !expr) throw new Error('Expected a query with exemplars');
      const query = new URLSearchParams({
        query: fill(expr, await variablesFor(stack, dashboard), span),
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
    variables = Object.assign({}, ...(await Promise.all(committed.map((one) => variablesFor(stack, one)))));
  });
  describeGrafana(() => ({ stack, span: loaded, variables }));
}
