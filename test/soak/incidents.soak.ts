/** Twelve incidents of each level, one of each case that there is: the right answers score in full, those of the other cases do not. */
import { allLeaks, falseAlarms, type IncidentLevel, isFalseAlarm } from '@leak-lab/incident';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFair, seedSoon } from '../course/incidents/expectations.ts';
import type { Keeping } from '../course/incidents/keep-up.ts';
import { type Played, play } from '../course/incidents/player.ts';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { hasValkey } from '../support/valkey.ts';
import { writeFigures } from './figures.ts';

const controls = falseAlarms.map(({ id }) => id);
const each = [...allLeaks, ...controls].map((id) => [id]);
const cases: Readonly<Record<1 | 2 | 3, readonly (readonly string[])[]>> = {
  1: each,
  2: each,
  3: [
    ['cache', 'listeners'],
    ['history', 'expired'],
    ['closures', 'cache'],
    ['listeners', 'expired'],
    ['buffers'],
    ['sockets'],
    ['reload'],
    ['closures'],
    ['history'],
    ...controls.map((id) => [id]),
  ],
};

const keepings: Readonly<Record<1 | 2 | 3, Keeping>> = { 1: 'off', 2: 'mend wrongly first', 3: 'off' };

const played: { readonly level: IncidentLevel; readonly ids: readonly string[]; readonly one: Played }[] = [];
const begun_ms = performance.now();

describe.each([1, 2, 3] as const)('level %i', (level) => {
  const lab = new LabCommand();
  beforeAll(() => lab.up());
  afterAll(async () => {
    await lab.end();
    lab.remove();
  });

  it.for(cases[level].map((ids) => ({ ids, name: ids.join(' and ') })))(
    '$name',
    async ({ ids }, { skip }) => {
      if (ids.includes('keys') && !hasValkey) skip('no valkey-server or redis-server on PATH');
      const one = await play(lab, seedSoon(level, ids, 10), level, keepings[level]);
      played.push({ level, ids, one });
      expectFair(one);
    },
  );
});

afterAll(() => {
  if (played.length === 0) return;
  const highest = Math.max(
    ...played.flatMap(({ one }) => one.neighbours.map(({ score }) => score.points / score.of)),
  );
  const slowest = Math.max(...played.map(({ one }) => one.ready_seconds));
  const minutes = (performance.now() - begun_ms) / 60_000;
  writeFigures('incidents', 'Incidents, played by one who knows and by those who take them for another', [
    '| what | |',
    '|---|---|',
    `| incidents played, of three levels | ${played.length}, in ${minutes.toFixed(0)} min |`,
    `| of them no leak | ${played.filter(({ ids }) => isFalseAlarm(ids[0] ?? '')).length} |`,
    `| scored in full with the right answers | ${played.filter(({ one }) => one.past.percent === 100).length} |`,
    `| most that the answers of another case brought | ${Math.round(100 * highest)} % |`,
    `| longest until an incident was ready | ${slowest.toFixed(1)} s |`,
  ]);
  expect(highest).toBeLessThan(0.5);
});
