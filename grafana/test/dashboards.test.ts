import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { dashboardFiles, dashboardsDirectory } from '../src/files.ts';
import { committed, isRow, panels, variablesOf } from './committed.ts';

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it.for([...dashboardFiles()])('%s is what the generator writes: npm run dashboards', ([name, json]) =>
  expect(readFileSync(new URL(name, dashboardsDirectory), 'utf8')).toBe(json),
);

it('has no dashboard that nothing writes', () =>
  expect(committed.map(({ uid }) => `${uid}.json`)).toEqual([...dashboardFiles().keys()].sort()));

it('keeps the uids that links and bookmarks know', () =>
  expect(committed.map(({ uid, title }) => [uid, title])).toEqual([
    ['lab-health', 'Lab health'],
    ['memory-leak-investigation', 'Memory Leak Investigation'],
    ['runbooks', 'Runbooks'],
  ]));

it('tells the story of a leak from top to bottom', () => {
  const investigation = committed.find(({ uid }) => uid === 'memory-leak-investigation');
  expect(investigation?.panels.filter(isRow).map(({ title }) => title)).toEqual([
    'Is it a leak?',
    'Rate beside memory',
    'Where in memory',
    'What the lab knows',
    'GC and event loop',
    'Deaths and time to the limit',
    'Requests',
    'Valkey',
  ]);
});

it('says in a blind lab why what the lab knows is not there', () => {
  const row = panels.filter(({ row: title }) => title === 'What the lab knows').map(({ panel }) => panel);
  expect(row.find(({ type }) => type === 'text')?.options.content).toMatch(
    /blind mode these metrics are absent/,
  );
  for (const { type, fieldConfig } of row)
    if (type !== 'text') expect(fieldConfig?.defaults.noValue).toMatch(/the lab is blind/);
});

describe.for(committed)('$title', (dashboard) => {
  it('has panels side by side and below each other, none over another', () => {
    const cells = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels) {
      const { x = 0, y = 0, w = 0, h = 0 } = gridPos ?? {};
      expect(x + w, title).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column++)
        for (let line = y; line < y + h; line++) {
          expect(cells.get(`${column} ${line}`), title).toBeUndefined();
          cells.set(`${column} ${line}`, title);
        }
    }
  });

  it('numbers its panels, each its own', () =>
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length));

  it('has its annotations and links in sight, and links that lead to what there is', () => {
    const { CONSOLE_PORT } = parseEnv(text('../../.env'));
    const places = [`http://localhost:${CONSOLE_PORT}`, ...committed.map(({ uid }) => `/d/${uid}`)];
    for (const { url = '', placement } of dashboard.links ?? []) {
      expect(placement).toBeUndefined();
      if (!url.startsWith('/explore?')) expect(places).toContain(url);
    }
    for (const { placement } of dashboard.annotations.list ?? []) expect(placement).toBeUndefined();
  });

  it('asks for variables that it has', () => {
    const asked = JSON.stringify(dashboard.panels).matchAll(/\$(?:\{)?([a-z]\w*)/g);
    const known = variablesOf(dashboard).map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining([...new Set([...asked].map(([, name]) => name))]));
  });
});

describe('a link to traces', () => {
  const links = [
    ...committed.flatMap(({ links = [] }) => links),
    ...panels.flatMap(({ panel }) => panel.fieldConfig?.defaults.links ?? []),
  ].filter(({ url = '' }) => url.startsWith('/explore?'));

  it.for(links)('$title: searches Jaeger for the service', ({ url = '' }) => {
    // As Grafana does it: the values first, then the address is read.
    const filled = url.replaceAll(/\$\{[\w.]+\}/g, '1');
    const panes = JSON.parse(new URL(filled, 'http://localhost').searchParams.get('panes') ?? '');
    expect(panes.traces.queries).toEqual([
      expect.objectContaining({
        datasource: { type: 'jaeger', uid: 'jaeger' },
        queryType: 'search',
        service: 'leaky-service',
      }),
    ]);
  });
});
