import { describe, expect, it } from 'vitest';
import { type Incident, incidentOf, isFalseAlarm, mostSeed, seedFor } from './index.ts';

const seeds = Array.from({ length: 12_000 }, (_, seed) => seed);
const drills = { 1: drillsOf(1), 2: drillsOf(2), 3: drillsOf(3) };
function drillsOf(level: 1 | 2 | 3) {
  return seeds.map((seed) => incidentOf(seed, level));
}
const idsOf = ({ leaks }: Incident) => leaks.map(({ id }) => id);
const shareOf = (of: readonly Incident[], fits: (incident: Incident) => boolean) =>
  of.filter(fits).length / of.length;

const nine = ['cache', 'listeners', 'history', 'closures', 'buffers', 'sockets', 'reload', 'expired', 'keys'];
const controls = ['warm-cache', 'churn', 'pool'];

describe('the drill of a seed', () => {
  it('is the same each time, and another one at another level', () => {
    for (const seed of [0, 1, 4_711, mostSeed]) expect(incidentOf(seed, 2)).toEqual(incidentOf(seed, 2));
    const same = seeds.filter(
      (_, at) => idsOf(drills[1][at] as Incident)[0] === idsOf(drills[2][at] as Incident)[0],
    );
    expect(same.length / seeds.length).toBeLessThan(0.12);
  });

  it.each([1, 2] as const)(
    'is one of nine leaks or, one time in four, one of three false alarms: level %i',
    (level) => {
      const all = drills[level];
      for (const incident of all) expect(incident.leaks).toHaveLength(1);
      for (const id of nine) expect(shareOf(all, (one) => idsOf(one)[0] === id)).toBeCloseTo(1 / 12, 1.7);
      for (const id of controls) expect(shareOf(all, (one) => idsOf(one)[0] === id)).toBeCloseTo(1 / 12, 1.7);
    },
  );

  it('is two leaks at once, one of nine or a false alarm under a sawtooth at the third level', () => {
    const pairs = drills[3].filter(({ leaks }) => leaks.length === 2);
    expect(pairs.length / seeds.length).toBeCloseTo(4 / 12, 1.7);
    for (const pair of pairs) expect(new Set(idsOf(pair)).size).toBe(2);
    expect(shareOf(drills[3], ({ leaks }) => isFalseAlarm(leaks[0]?.id ?? ''))).toBeCloseTo(3 / 12, 1.7);
    for (const { load } of drills[3]) expect(load?.shape).toBe('sawtooth');
  });

  it.each([1, 2, 3] as const)(
    'would end the service after some minutes, and not at once: level %i',
    (level) => {
      for (const { leaks, load, onset_seconds } of drills[level]) {
        expect(onset_seconds).toBeLessThanOrEqual(30);
        if (!load) throw new Error('Expected a load.');
        const perSecond = leaks.reduce((sum, { id, bytes_per_request, one_in = 1 }) => {
          if (id === 'buffers') return sum + load.events_per_second * bytes_per_request;
          if (id === 'reload') return sum + bytes_per_request / load.reload_every_seconds;
          const kernel_bytes = id === 'sockets' ? 16_384 : 0;
          return sum + (load.requests_per_second / one_in) * (bytes_per_request + kernel_bytes);
        }, 0);
        if (isFalseAlarm(leaks[0]?.id ?? '')) continue;
        const life_seconds = 170e6 / perSecond;
        expect(life_seconds).toBeGreaterThan(140);
        expect(life_seconds).toBeLessThan(520);
      }
    },
  );

  it('has a slow upstream where jobs wait for it, and only there', () => {
    for (const incident of drills[1]) {
      expect(incident.upstream !== undefined).toBe(idsOf(incident).includes('closures'));
    }
  });

  it('says by its load nothing of what it is', () => {
    for (const level of [1, 2, 3] as const) {
      for (const figure of [
        'requests_per_second',
        'events_per_second',
        'event_bytes',
        'reload_every_seconds',
      ] as const) {
        const mean = (of: readonly Incident[]) =>
          of.reduce((sum, { load }) => sum + (load?.[figure] ?? 0), 0) / of.length;
        const all = mean(drills[level]);
        for (const id of [...nine, ...controls]) {
          const those = drills[level].filter((one) => idsOf(one).includes(id));
          expect(Math.abs(mean(those) / all - 1)).toBeLessThan(0.06);
        }
      }
    }
  });

  it('is drawn at a level', () => {
    const seed = seedFor((incident) => idsOf(incident)[0] === 'sockets', { level: 1 });
    expect(idsOf(incidentOf(seed, 1))).toEqual(['sockets']);
  });

  it('is refused at a level that there is not', () => {
    expect(() => incidentOf(7, 4 as 3)).toThrow(/levels 0, 1, 2, 3; got 4/);
  });
});
