import { describe, expect, it } from 'vitest';
import { bytesOfPayload, placeOfGrowth, type Truth } from '../src/index.ts';
import { evidenceOf, MB, type Phase } from './simulated.ts';

const large: Phase = {
  seconds: 20,
  per_second: 100,
  body_bytes: 187_000,
  bytes_per_request: 12_000,
  outside: true,
};
const small: Phase = { seconds: 20, per_second: 100, body_bytes: 153 };
const mixed: Phase = {
  seconds: 30,
  per_second: 40,
  body_bytes: 51_000,
  bytes_per_request: 3_000,
  outside: true,
};
const quiet: Phase = { seconds: 10, per_second: 4 };
const quietly = (...phases: readonly Phase[]) => phases.flatMap((phase) => [phase, quiet]);
const valuesOf = (truth: Truth) => (truth.kind === 'number' ? truth.values : []);

describe('bytes of each event of one size', () => {
  const both = evidenceOf([mixed, quiet, small, quiet, large, quiet]);

  it('are those of the stretch in which only such came', () => {
    expect(valuesOf(bytesOfPayload(both, 'large'))[0]).toBeCloseTo(12_000, -3);
    expect(valuesOf(bytesOfPayload(both, 'small'))).toEqual([0]);
    expect(bytesOfPayload(both, 'small')).toMatchObject({ noise: 200 });
  });

  it('are not known by a mixture, and it is said what to send', () => {
    for (const kind of ['small', 'large'] as const)
      expect(bytesOfPayload(evidenceOf([mixed, quiet]), kind)).toEqual({
        kind: 'unknown',
        waits_for: expect.stringContaining(`--payload ${kind}`),
      });
  });

  it('do not go by what is let go of in the silence after them', () => {
    const { samples, ...evidence } = evidenceOf([quiet, large, { ...quiet, seconds: 30 }]);
    const let_go = samples.map((sample, second) =>
      second < 45 ? sample : { ...sample, external_after_gc_bytes: 4 * 2 ** 20 },
    );
    const truth = bytesOfPayload({ ...evidence, samples: let_go }, 'large');
    expect(valuesOf(truth)[0]).toBeCloseTo(12_000, -3);
  });

  it('are those of one life', () => {
    const twice = evidenceOf([
      ...quietly(quiet, large),
      { ...quiet, restarted: true },
      ...quietly({ ...large, seconds: 10 }),
    ]);
    expect(valuesOf(bytesOfPayload(twice, 'large'))[0]).toBeCloseTo(12_000, -3);
  });
});

it('a collection under load says nothing: it leaves what is under way, too', () => {
  const { samples, ...evidence } = evidenceOf([...quietly(quiet, small, quiet, large), mixed, quiet]);
  const more = (index: number) => (requestsAt(index) - requestsAt(index - 1) > 20 ? 30 * MB : 0);
  const requestsAt = (index: number) => samples[Math.max(0, index)]?.requests_total ?? 0;
  const loaded = {
    ...evidence,
    samples: samples.map((sample, index) => ({
      ...sample,
      heap_after_gc_bytes: (sample.heap_after_gc_bytes ?? 0) + more(index),
    })),
  };
  expect(valuesOf(bytesOfPayload(loaded, 'large'))[0]).toBeCloseTo(12_000, -3);
  expect(valuesOf(bytesOfPayload(loaded, 'small'))).toEqual([0]);
  const words = { heap: 'heap', outside: 'outside', both: 'both' };
  expect(placeOfGrowth(loaded, words)).toEqual({ kind: 'words', accepted: ['outside'] });
  // Nor what is seen before the load is over.
  const early = { ...loaded, samples: loaded.samples.slice(0, 75) };
  expect(bytesOfPayload(early, 'large')).toMatchObject({ kind: 'unknown' });
});

it('collections that are asked for twice a second while nobody asks count in the first whole second of it, too', () => {
  // A rest of ./lab stress has 2.7 s, of which the record may see one second whole.
  const rest: Phase = { seconds: 2, per_second: 2, collected_each: 2 };
  const { samples, ...evidence } = evidenceOf([
    { ...mixed, collected_each: 0 },
    quiet,
    small,
    rest,
    small,
    rest,
  ]);
  expect(bytesOfPayload({ ...evidence, samples }, 'small')).toMatchObject({ kind: 'unknown' });
  const twice = samples.map((sample) => ({ ...sample, full_gc_total: 4 * (sample.full_gc_total ?? 0) }));
  expect(valuesOf(bytesOfPayload({ ...evidence, samples: twice }, 'small'))).toEqual([0]);
});

describe('where what stays is', () => {
  const words = { heap: 'heap', outside: 'outside', both: 'both' };
  const inHeap: Phase = { ...large, outside: false };

  it.each([
    ['outside', [large]],
    ['heap', [inHeap]],
    ['both', [large, inHeap]],
  ] as const)('%s', (word, phases) => {
    const evidence = evidenceOf(quietly(quiet, ...phases));
    expect(placeOfGrowth(evidence, words)).toEqual({ kind: 'words', accepted: [word] });
  });

  it('is not known before something has grown', () => {
    expect(placeOfGrowth(evidenceOf(quietly(quiet, small)), words)).toMatchObject({ kind: 'unknown' });
    expect(placeOfGrowth(evidenceOf([]), words)).toMatchObject({ kind: 'unknown' });
  });
});
