import { describe, expect, it } from 'vitest';
import {
  bytesPerReloadTruth,
  deadEntriesTruth,
  heldInIdle,
  lackingReloads,
  stayedTruth,
  waitedForDeath,
} from '../src/index.ts';
import { evidenceOf, MB, type Phase } from './simulated.ts';

const words = { leak: 'leak', pressure: 'pressure' };

describe('reloads', () => {
  const traffic: Phase = { seconds: 12, per_second: 60 };
  const reloads: Phase = { seconds: 5, per_second: 60, reloads: 1, bytes_per_reload: 3 * MB };
  const idle: Phase = { seconds: 14, per_second: 0 };

  it('each leave what is held more after them, whatever else came', () => {
    const truth = bytesPerReloadTruth(evidenceOf([traffic, reloads, traffic, reloads, idle]));
    expect(truth.kind === 'number' && truth.values[0]).toBeCloseTo(3 * MB, -4);
    const burst = { ...reloads, seconds: 1, reloads: 6 };
    const atOnce = bytesPerReloadTruth(evidenceOf([traffic, burst, idle]));
    expect(atOnce.kind === 'number' && atOnce.values[0]).toBeCloseTo(3 * MB, -4);
  });

  it('that came before it began to happen left nothing, and what was held then is held later', () => {
    const never = { collected_each: 0 };
    const onset_ms = 1_012_000;
    const value = (phases: readonly Phase[]) => {
      const truth = bytesPerReloadTruth(evidenceOf(phases, { onset_ms }));
      return truth.kind === 'number' ? truth.values[0] : undefined;
    };
    const quiet = { ...traffic, seconds: 3, ...never };
    expect(value([traffic, quiet, { ...reloads, ...never }, idle])).toBeCloseTo(3 * MB, -4);
    const early = { ...reloads, bytes_per_reload: 0 };
    expect(value([early, { ...traffic, seconds: 7 }, quiet, reloads, idle])).toBeCloseTo(3 * MB, -4);
  });

  it('are counted within one life, and with collections that no reload fell into', () => {
    expect(bytesPerReloadTruth(evidenceOf([traffic, { ...reloads, seconds: 2 }, idle]))).toMatchObject({
      kind: 'unknown',
      waits_for: expect.stringContaining('3 reloads'),
    });
    const parted = [{ ...reloads, seconds: 2 }, { ...reloads, seconds: 2, restarted: true }, idle];
    expect(bytesPerReloadTruth(evidenceOf(parted))).toMatchObject({ kind: 'unknown' });
    const never = { collected_each: 0 };
    const uncollected = [
      { ...traffic, ...never },
      { ...reloads, ...never },
      { ...idle, ...never },
    ];
    expect(bytesPerReloadTruth(evidenceOf(uncollected))).toMatchObject({
      waits_for: expect.stringContaining('collections'),
    });
  });

  it('that lack are told of, until there is something to be said', () => {
    expect(lackingReloads(evidenceOf([traffic]))).toMatch(
      /not by requests, and it takes 3 reloads.*has seen 0\./,
    );
    const uncollected = { collected_each: 0 };
    const never = [traffic, reloads, idle].map((phase) => ({ ...phase, ...uncollected }));
    expect(lackingReloads(evidenceOf(never))).toContain('two collections');
    expect(lackingReloads(evidenceOf([traffic, reloads, idle]))).toBeUndefined();
  });

  it('are looked at in idle: neither requests nor reloads, and a collection', () => {
    expect(heldInIdle(evidenceOf([traffic, reloads, idle]))).toMatchObject({
      seen: true,
      saw: expect.stringContaining('still held'),
    });
    expect(heldInIdle(evidenceOf([traffic, reloads, traffic])).saw).toContain('no 10 s without requests');
    expect(heldInIdle(evidenceOf([traffic, idle])).saw).toContain('not 3 reloads');
    const reloaded = { ...reloads, seconds: 14, per_second: 0 };
    expect(heldInIdle(evidenceOf([traffic, reloads, reloaded])).saw).toContain('reloads in the silence');
    expect(heldInIdle(evidenceOf([traffic, reloads, { ...idle, collected_each: 0 }])).saw).toContain(
      'no collection',
    );
  });

  it('are a leak when idle does not take back what they left', () => {
    expect(stayedTruth(evidenceOf([traffic, reloads, idle]), words)).toMatchObject({ accepted: ['leak'] });
    const light = { ...reloads, bytes_per_reload: 20_000 };
    expect(stayedTruth(evidenceOf([traffic, light, idle]), words)).toMatchObject({ accepted: ['pressure'] });
    expect(stayedTruth(evidenceOf([traffic, reloads]), words)).toMatchObject({ kind: 'unknown' });
  });
});

describe('entries whose time is over', () => {
  const traffic: Phase = { seconds: 20, per_second: 50, bytes_per_request: 8_000 };
  const silence: Phase = { seconds: 40, per_second: 0 };

  it('are all that were kept, once nobody has asked for as long as they are good', () => {
    const dead = evidenceOf([traffic, silence]);
    expect(waitedForDeath(dead, 30)).toMatchObject({ seen: true, saw: expect.stringContaining('30 s') });
    expect(deadEntriesTruth(dead, 30)).toMatchObject({ values: [1_000] });
    const later = evidenceOf([traffic, silence], { onset_ms: 1_010_000 });
    expect(deadEntriesTruth(later, 30)).toMatchObject({ values: [500] });
  });

  it('may have been made before the first reading after the onset, or not', () => {
    const evidence = evidenceOf([traffic, silence], { onset_ms: 1_009_300 });
    expect(deadEntriesTruth(evidence, 30)).toMatchObject({ values: [500, 550] });
    // A snapshot in its first two seconds holds the first reading up.
    const first = evidenceOf([traffic, silence]);
    expect(deadEntriesTruth({ ...first, samples: first.samples.slice(2) }, 30)).toMatchObject({
      values: [900, 1_000],
    });
    const again = evidenceOf([traffic, { ...traffic, seconds: 10, restarted: true }, silence]);
    const late = again.samples.filter(({ time_seconds }) => ![1_020, 1_021].includes(time_seconds));
    expect(deadEntriesTruth({ ...again, samples: late }, 30)).toMatchObject({ values: [400, 500] });
  });

  it('are not made by whoever reads the service at night', () => {
    const read: Phase = { ...silence, per_second: 3 };
    expect(deadEntriesTruth(evidenceOf([traffic, read]), 30)).toMatchObject({ values: [1_000] });
  });

  it('are not known before, nor of a life that is over', () => {
    expect(waitedForDeath(evidenceOf([traffic, { ...silence, seconds: 20 }]), 30).saw).toContain('no 30 s');
    const uncollected = evidenceOf([traffic, { ...silence, collected_each: 0 }]);
    expect(waitedForDeath(uncollected, 30).saw).toContain('no collection');
    // A collection before the last entry's time was over says nothing of it.
    const early = evidenceOf([traffic, { ...silence, seconds: 33, collected_each: 20 }]);
    expect(waitedForDeath(early, 30).seen).toBe(false);
    const again = evidenceOf([traffic, { ...traffic, seconds: 10, restarted: true }, silence]);
    expect(deadEntriesTruth(again, 30)).toMatchObject({ values: [500] });
  });
});
