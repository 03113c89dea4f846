import type { Sample } from '@leak-lab/leak-verdict';
import { describe, expect, it } from 'vitest';
import { bytesPerRequestTruth, growsTruth, heldThroughPause, lifeTimeTruth } from '../src/index.ts';
import { deathAt, evidenceOf, MB, type Phase } from './simulated.ts';

const climb: Phase = { seconds: 60, per_second: 100, bytes_per_request: 9_000 };
const numbersOf = (truth: ReturnType<typeof bytesPerRequestTruth>) =>
  truth.kind === 'number' ? truth.values : [];
const words = { yes: 'leak', no: 'load' };

describe('bytes of each request', () => {
  it('are what stays after collections by the requests between them', () => {
    expect(numbersOf(bytesPerRequestTruth(evidenceOf([climb])))[0]).toBeCloseTo(9_000, -2);
  });

  it('are not those of the healthy minute before it began', () => {
    const healthy: Phase = { seconds: 60, per_second: 100 };
    const evidence = evidenceOf([healthy, climb], { onset_ms: 1_060_000 });
    expect(numbersOf(bytesPerRequestTruth(evidence))[0]).toBeCloseTo(9_000, -2);
  });

  it('are those of the life with the most requests, not mixed with those of another', () => {
    const evidence = evidenceOf([climb, { ...climb, seconds: 20, restarted: true }]);
    expect(numbersOf(bytesPerRequestTruth(evidence))[0]).toBeCloseTo(9_000, -2);
  });

  it('are known by two collections that are far apart', () => {
    const evidence = evidenceOf([{ ...climb, collected_each: 25 }]);
    expect(numbersOf(bytesPerRequestTruth(evidence))[0]).toBeCloseTo(9_000, -2);
    expect(growsTruth(evidence, words)).toMatchObject({ accepted: ['leak'] });
  });

  it('are not blurred by many collections in a pause, of which one leaves a bit more than the other', () => {
    const pause: Phase = { seconds: 20, per_second: 1, collected_each: 2 };
    const { samples } = evidenceOf([{ ...climb, seconds: 30, collected_each: 14 }, pause]);
    const noisy = samples.map((sample, second) => ({
      ...sample,
      heap_after_gc_bytes: (sample.heap_after_gc_bytes ?? 0) + ((second * 37) % 100) * 2_000,
    }));
    const [value] = numbersOf(bytesPerRequestTruth(evidenceOf([], { samples: noisy, now_ms: 1_050_000 })));
    expect(value).toBeGreaterThan(8_500);
    expect(value).toBeLessThan(9_500);
  });

  it('are not less for what a snapshot held while it was read, of however few collections', () => {
    const { samples } = evidenceOf([{ ...climb, collected_each: 16 }]);
    const reading = samples.map((sample) => ({
      ...sample,
      external_after_gc_bytes:
        (sample.external_after_gc_bytes ?? 0) + (sample.full_gc_total === 1 ? 10 * MB : 0),
    }));
    const [value] = numbersOf(bytesPerRequestTruth(evidenceOf([], { samples: reading, now_ms: 1_060_000 })));
    expect(value).toBeCloseTo(9_000, -2);
  });

  it.each([
    ['nothing has happened', evidenceOf([climb], { onset_ms: 9_000_000 }), /nothing has happened/],
    ['few requests', evidenceOf([{ ...climb, seconds: 15 }]), /1,500 requests .* it has seen 900/],
    ['one collection', evidenceOf([{ ...climb, collected_each: 45 }]), /two collections .* 1,000 requests/],
  ])('are not known yet: %s', (_, evidence, reason) => {
    expect(bytesPerRequestTruth(evidence)).toEqual({
      kind: 'unknown',
      waits_for: expect.stringMatching(reason),
    });
  });
});

describe('whether it grows', () => {
  it.each([
    ['a climb', evidenceOf([climb]), 'leak'],
    ['a climb with a pause in it', evidenceOf([climb, { seconds: 12, per_second: 0 }, climb]), 'leak'],
    ['traffic', evidenceOf([{ seconds: 60, per_second: 100 }]), 'load'],
    ['less than 100 bytes a request', evidenceOf([{ ...climb, bytes_per_request: 40 }]), 'load'],
  ])('%s: %#', (_, evidence, expected) => {
    expect(growsTruth(evidence, words)).toEqual({ kind: 'words', accepted: [expected] });
  });

  it('is not told by two collections a second apart, of which the one under load left more', () => {
    const each: Phase = { seconds: 11, per_second: 100, bytes_per_request: 5_000, collected_each: 11 };
    const pause: Phase = { seconds: 12, per_second: 2, collected_each: 12 };
    const { samples } = evidenceOf([
      each,
      each,
      each,
      { ...each, seconds: 1 },
      pause,
      { ...each, seconds: 3 },
    ]);
    const underWay = samples.map((sample) => ({
      ...sample,
      heap_after_gc_bytes:
        (sample.heap_after_gc_bytes ?? 0) + ((sample.full_gc_total ?? 0) % 4 === 0 ? 0 : 1.5 * MB),
    }));
    const evidence = evidenceOf([], { samples: underWay, now_ms: 1_049_000 });
    expect(growsTruth(evidence, words)).toEqual({ kind: 'words', accepted: ['leak'] });
  });

  it('is not told by a collection that was counted a second late, under much traffic', () => {
    const { samples } = evidenceOf([
      { seconds: 10, per_second: 600, bytes_per_request: 6_000, collected_each: 1 },
    ]);
    const [before, last] = samples.slice(-2) as [Sample, Sample];
    const { heap_after_gc_bytes } = before;
    const late = [...samples.slice(0, -1), { ...last, heap_after_gc_bytes }];
    const evidence = evidenceOf([], { samples: late, now_ms: 1_010_000 });
    expect(growsTruth(evidence, words)).toEqual({ kind: 'words', accepted: ['leak'] });
  });

  it('leaves out what a healthy service takes for its first requests', () => {
    const warming: Phase = { seconds: 20, per_second: 100, bytes_per_request: 2_000, collected_each: 1 };
    const phases = [warming, { seconds: 17, per_second: 100, collected_each: 4 }];
    const evidence = evidenceOf(phases, { incident: null, onset_ms: null });
    expect(numbersOf(bytesPerRequestTruth(evidence))).toEqual([0]);
    expect(growsTruth(evidence, words)).toEqual({ kind: 'words', accepted: ['load'] });
  });
});

describe('the time from a start to the limit', () => {
  const room = (256 - 40) * MB;

  it('is the room by what each second takes', () => {
    const [first] = numbersOf(lifeTimeTruth(evidenceOf([climb])));
    expect(first).toBeCloseTo(room / 900_000, -1);
  });

  it('is that of a process that died as well, of its whole life only', () => {
    const dead = { deaths: [deathAt(240)] };
    expect(numbersOf(lifeTimeTruth(evidenceOf([climb], dead)))).toContain(240);
    const before = { deaths: [deathAt(40, { uptime_seconds: 300 })] };
    expect(numbersOf(lifeTimeTruth(evidenceOf([climb], before)))).not.toContain(300);
    const stopped = { deaths: [deathAt(40, { ended_by: 'signal' })] };
    expect(numbersOf(lifeTimeTruth(evidenceOf([climb], stopped)))).not.toContain(40);
  });

  it('is told for a rate that is not the lab’s', () => {
    const evidence = evidenceOf([climb], { deaths: [deathAt(240)] });
    const values = numbersOf(lifeTimeTruth(evidence, 1_000));
    expect(values).not.toContain(240);
    expect(values[0]).toBeCloseTo(room / 9_000_000, 0);
  });

  it('is not that of seconds without traffic', () => {
    const evidence = evidenceOf([climb, { seconds: 90, per_second: 0 }]);
    expect(numbersOf(lifeTimeTruth(evidence))[0]).toBeCloseTo(room / 900_000, -1);
  });
});

describe('a pause in the traffic', () => {
  it.each([
    ['none', [climb], false, /without a pause/],
    ['too short', [climb, { seconds: 6, per_second: 0 }, climb], false, /without a pause/],
    ['nothing collected', [climb, { seconds: 15, per_second: 0, collected_each: 0 }], false, /no collection/],
    ['collected', [climb, { seconds: 15, per_second: 0 }, climb], true, /71\.5 MB are still held/],
  ] satisfies [string, Phase[], boolean, RegExp][])('%s', (_, phases, seen, saw) => {
    expect(heldThroughPause(evidenceOf(phases))).toEqual({ seen, saw: expect.stringMatching(saw) });
  });

  it('does not count before anything has begun', () => {
    const evidence = evidenceOf([{ seconds: 15, per_second: 0 }, climb], { onset_ms: 1_015_000 });
    expect(heldThroughPause(evidence).seen).toBe(false);
  });
});
