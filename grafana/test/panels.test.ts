import { describe, expect, it } from 'vitest';
import { rules } from '../../test/signals/rules.ts';
import { alertNames } from '../src/alerts.ts';
import { palette } from '../src/palette.ts';
import {
  annotationsOf,
  type CommittedPanel,
  committed,
  panels,
  queriedPanels,
  queryOf,
  type Target,
} from './committed.ts';
import { dimensionOf, unitOf } from './dimensions.ts';
import { find, metricsIn, parse, textOf } from './promql.ts';

const overridesFor = ({ fieldConfig }: CommittedPanel, legend: string) =>
  fieldConfig?.overrides.find(({ matcher }) => matcher.options === legend)?.properties ?? [];

/** The unit that a line is drawn in: its own, where it has an axis of its own. */
const drawnIn = (panel: CommittedPanel, { legendFormat }: Target) =>
  overridesFor(panel, legendFormat).find(({ id }) => id === 'unit')?.value ??
  panel.fieldConfig?.defaults.unit;

/** A distance over a climb in 60 s, times 60: seconds, though the 60 does not say so. */
const inSeconds = (expr: string) => /\* 60 \/ \(max without \(process_start\) \(predict_linear/.test(expr);

describe.for(panels)('$dashboard: $panel.title', ({ panel }) => {
  it('teaches how to read it', () => {
    expect(panel.title).not.toBe('');
    expect(panel.description?.length).toBeGreaterThan(30);
  });
});

describe.for(queriedPanels)('$dashboard: $panel.title', ({ panel }) => {
  const targets = panel.targets ?? [];

  it('is in the unit that the names of its metrics say', () => {
    for (const target of targets) {
      const expected = inSeconds(target.expr) ? 's' : unitOf(dimensionOf(target.expr));
      expect(drawnIn(panel, target), target.expr).toBe(expected);
    }
  });

  it('asks Prometheus for recorded series that its rules make', () => {
    const recorded = targets
      .flatMap(({ expr }) => metricsIn(parse(expr)))
      .filter((name) => name.includes(':'));
    expect(rules.map(({ record }) => record)).toEqual(expect.arrayContaining(recorded));
  });

  it('has a legend for each query, with labels that the query keeps', () => {
    expect(new Set(targets.map(({ legendFormat }) => legendFormat)).size).toBe(targets.length);
    for (const { expr, legendFormat } of targets) {
      expect(legendFormat).toMatch(/\S/);
      const query = parse(expr);
      const kept = find(query, 'GroupingLabels').map((labels) => textOf(query, labels));
      for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
        if (kept.length > 0) expect(kept.join()).toContain(label);
    }
  });

  it('calls a quantile by its number', () => {
    for (const { expr, legendFormat } of targets) {
      const [, share] = /^histogram_quantile\(([\d.]+)/.exec(expr) ?? [];
      if (share && !legendFormat.includes('{{')) expect(legendFormat).toBe(`p${Number(share) * 100}`);
    }
  });

  it('gives each line a colour of the palette, and no two the same', () => {
    const colours = (panel.fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
      properties.filter(({ id }) => id === 'color').map(({ value }) => value.fixedColor),
    );
    expect(new Set(colours).size).toBe(colours.length);
    expect(Object.values(palette)).toEqual(expect.arrayContaining(colours));
  });
});

it('shows all alerts that there are, by their names', () =>
  expect(rules.flatMap(({ alert }) => alert ?? []).sort()).toEqual([...alertNames].sort()));

it('draws the limit as a dashed line wherever it is', () => {
  const limits = queriedPanels.flatMap(({ panel }) =>
    (panel.targets ?? [])
      .filter(({ expr }) => expr.startsWith('container_memory_limit_bytes'))
      .map(({ legendFormat }) => overridesFor(panel, legendFormat)),
  );
  expect(limits.length).toBeGreaterThanOrEqual(2);
  for (const properties of limits)
    expect(properties).toEqual(
      expect.arrayContaining([
        { id: 'color', value: { mode: 'fixed', fixedColor: palette.vermillion } },
        { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 6] } },
      ]),
    );
});

it('marks leaks, load, deaths and starts, by queries that are PromQL', () => {
  const [first] = committed.map(annotationsOf);
  expect(first?.map(({ name }) => name)).toEqual(['Leaks on', 'Load', 'Deaths', 'Starts']);
  for (const { expr } of committed.flatMap(annotationsOf).map(queryOf))
    expect(() => parse(expr)).not.toThrow();
});

it('leads from slow and from big requests to their traces', () => {
  const withExemplars = queriedPanels.filter(({ panel }) => panel.targets?.some(({ exemplar }) => exemplar));
  expect(withExemplars.map(({ panel }) => panel.title)).toEqual(['Duration', 'Size of request bodies']);
});

it('leaves all rows whole in a blind lab but the one of what the lab knows', () => {
  const asksLeaks = queriedPanels.filter(({ panel }) =>
    panel.targets?.some(({ expr }) => /\bleak_/.test(expr)),
  );
  expect(new Set(asksLeaks.map(({ row }) => row))).toEqual(new Set(['What the lab knows']));
});
