import { describe, expect, it } from 'vitest';
import { incidentOf, mostSeed, seedFor } from './index.ts';

const seeds = Array.from({ length: 12_000 }, (_, seed) => seed);
const incidents = seeds.map((seed) => incidentOf(seed));
const namesOf = ({ leaks }: { leaks: readonly { id: string }[] }) => leaks.map(({ id }) => id).join('+');
const shareOf = (names: string) =>
  incidents.filter((one) => namesOf(one) === names).length / incidents.length;

describe('the incident of a seed', () => {
  it('is the same each time', () => {
    for (const seed of [0, 1, 4_711, mostSeed]) expect(incidentOf(seed)).toEqual(incidentOf(seed));
  });

  it('is one leak of five, a false alarm or, one time in twelve, three leaks at once', () => {
    const single = ['cache', 'listeners', 'history', 'closures', 'expired'];
    const names = new Set(incidents.map(namesOf));
    expect([...names].sort()).toEqual(
      [...single, 'warm-cache', 'churn', 'pool', 'cache+listeners+history'].sort(),
    );
    expect(shareOf('cache+listeners+history')).toBeCloseTo(1 / 12, 1.7);
    for (const id of single) expect(shareOf(id)).toBeCloseTo(9 / 12 / 5, 1.7);
    for (const id of ['warm-cache', 'churn', 'pool']) expect(shareOf(id)).toBeCloseTo(2 / 12 / 3, 1.7);
  });

  it('keeps to its sizes, and its upstream is slow where jobs wait for it', () => {
    for (const { leaks, upstream, onset_seconds } of incidents) {
      const alarm = ['warm-cache', 'churn', 'pool'].includes(leaks[0]?.id ?? '');
      for (const { bytes_per_request } of leaks) {
        expect(Number.isInteger(bytes_per_request)).toBe(true);
        expect(bytes_per_request).toBeGreaterThanOrEqual(2_048);
        if (!alarm) expect(bytes_per_request).toBeLessThanOrEqual(leaks.length > 1 ? 8_192 : 24_576);
      }
      expect(upstream !== undefined).toBe(leaks[0]?.id === 'closures');
      if (upstream) expect(upstream.latency_ms).toBeGreaterThanOrEqual(2_000);
      expect(onset_seconds).toBeGreaterThanOrEqual(0);
      expect(onset_seconds).toBeLessThanOrEqual(60);
    }
  });

  it.each([-1, 0.5, mostSeed + 1, Number.NaN])('is refused for %d, which is no seed', (seed) => {
    expect(() => incidentOf(seed)).toThrow(/whole; got/);
  });
});

describe('neighbours', () => {
  /** How much two rows of numbers go together, from -1 to 1. */
  function correlation(rows: readonly (readonly [number, number])[]): number {
    const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
    const [a, b] = [rows.map(([one]) => one), rows.map(([, other]) => other)] as const;
    const [meanA, meanB] = [mean(a), mean(b)];
    const product = mean(rows.map(([one, other]) => (one - meanA) * (other - meanB)));
    return (
      product / Math.sqrt(mean(a.map((one) => (one - meanA) ** 2)) * mean(b.map((one) => (one - meanB) ** 2)))
    );
  }
  const alike = 4 / Math.sqrt(seeds.length);

  it.each([1, 2, 256, 65_536, 2 ** 31])('have nothing in common with the seed that is %i on', (far) => {
    const others = seeds.map((seed) => incidentOf((seed + far) % (mostSeed + 1)));
    const pairs = (figure: (incident: (typeof incidents)[number]) => number) =>
      incidents.map((one, at) => [figure(one), figure(others[at] as typeof one)] as const);
    expect(Math.abs(correlation(pairs(({ onset_seconds }) => onset_seconds)))).toBeLessThan(alike);
    const size = (one: (typeof incidents)[number]) => Math.log(one.leaks[0]?.bytes_per_request ?? 1);
    expect(Math.abs(correlation(pairs(size)))).toBeLessThan(alike);
    const same = incidents.filter((one, at) => namesOf(one) === namesOf(others[at] as typeof one)).length;
    const expected = 5 * 0.15 ** 2 + 3 * (1 / 18) ** 2 + (1 / 12) ** 2;
    expect(Math.abs(same / incidents.length - expected)).toBeLessThan(4 * Math.sqrt(expected / seeds.length));
  });

  it('tell nothing of a seed: when it begins says nothing of what it is', () => {
    const pairs = incidents.map((one) => [one.onset_seconds, one.leaks[0]?.id === 'cache' ? 1 : 0] as const);
    expect(Math.abs(correlation(pairs))).toBeLessThan(alike);
  });
});

describe('a seed that fits', () => {
  it('is drawn: another one each time, all of them fitting', () => {
    const fits = ({ leaks }: { leaks: readonly { id: string }[] }) => leaks.length === 3;
    const drawn = Array.from({ length: 20 }, () => seedFor(fits));
    for (const seed of drawn) expect(fits(incidentOf(seed))).toBe(true);
    expect(new Set(drawn).size).toBe(20);
  });

  it('is what chance says', () => {
    const half = () => 0.5;
    expect(seedFor(() => true, { random: half })).toBe(2 ** 31);
    expect(() => seedFor(() => false, { random: half })).toThrow('none does');
  });
});
