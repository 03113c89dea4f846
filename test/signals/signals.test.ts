import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { annotationsOf, committed, queriedPanels, queryOf } from '../../grafana/test/committed.ts';
import { metricsIn, parse } from '../../grafana/test/promql.ts';
import { signalsPage } from './page.ts';
import { rules } from './rules.ts';
import { metrics } from './signals.ts';

const names = metrics.map(({ name }) => name);
/** Of a histogram, its base name; ALERTS is what Prometheus itself makes of the rules. */
const base = (sample: string) =>
  names.includes(sample) ? sample : sample.replace(/_(bucket|sum|count)$/, '');
const unknown = (exprs: readonly string[]) =>
  [...new Set(exprs.flatMap((expr) => metricsIn(parse(expr)).map(base)))].filter(
    (name) => !names.includes(name) && name !== 'ALERTS',
  );

it('docs/signals.md is what is written from the table: npm run signals', () =>
  expect(readFileSync(new URL('../../docs/signals.md', import.meta.url), 'utf8')).toBe(signalsPage()));

it('names each metric of a job once', () =>
  expect(new Set(metrics.map(({ job, name }) => `${job} ${name}`)).size).toBe(metrics.length));

it('has all that the dashboards ask for', () => {
  const asked = queriedPanels.flatMap(({ panel }) => (panel.targets ?? []).map(({ expr }) => expr));
  const marked = committed.flatMap(annotationsOf).map((annotation) => queryOf(annotation).expr);
  expect(unknown([...asked, ...marked])).toEqual([]);
});

it('has all that the rules ask for and record, but what they hand to each other', () => {
  const made = rules.flatMap(({ record }) => record ?? []);
  expect(unknown(rules.map(({ expr }) => expr)).filter((name) => !made.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(made.filter((name) => name.startsWith('instance:'))));
});
