import { describe, expect, it } from 'vitest';
import type { Evidence, GrowingLine, GrownClass } from '../src/index.ts';
import {
  burstSeen,
  classOfGrowth,
  compared,
  countOfGrowth,
  fileOfGrowth,
  functionOfGrowth,
  growsBy,
  heldAfterBurst,
  heldAfterCollection,
  holderOfGrowth,
  keepsUpTruth,
  leftByBurst,
  lineOfGrowth,
  nodeOfGrowth,
  residentMemory,
  sufficientFix,
  trafficSeen,
} from '../src/index.ts';
import { evidenceOf, MB, type Phase } from './simulated.ts';

describe('what a healthy service has', () => {
  const flat: Phase = { seconds: 40, per_second: 100 };

  it('its memory is the median of the last minute, and what the last collection left', () => {
    expect(residentMemory(evidenceOf([flat]))).toMatchObject({ values: [90 * MB] });
    expect(heldAfterCollection(evidenceOf([flat]))).toMatchObject({ values: [16 * MB] });
    expect(residentMemory(evidenceOf([{ ...flat, seconds: 2 }]))).toMatchObject({ kind: 'unknown' });
    expect(heldAfterCollection(evidenceOf([], { samples: [] }))).toMatchObject({ kind: 'unknown' });
  });

  it('traffic counts between two collections of one life', () => {
    expect(trafficSeen(evidenceOf([flat]))).toEqual({
      seen: true,
      saw: expect.stringContaining('3,500 requests'),
    });
    expect(trafficSeen(evidenceOf([{ ...flat, collected_each: 25 }])).seen).toBe(false);
    const two = [
      { ...flat, seconds: 14 },
      { ...flat, seconds: 14, restarted: true },
    ];
    expect(trafficSeen(evidenceOf(two)).seen).toBe(false);
  });
});

describe('a burst', () => {
  const usual = 30;
  const quiet: Phase = { seconds: 15, per_second: usual, bytes_per_request: 4_000 };
  const burst: Phase = { ...quiet, seconds: 20, per_second: 300 };
  const silence: Phase = { ...quiet, seconds: 14, per_second: 0 };

  it('is many times the usual for long enough, in one life', () => {
    expect(burstSeen(evidenceOf([quiet, burst, silence]), usual).seen).toBe(true);
    expect(burstSeen(evidenceOf([quiet, { ...burst, seconds: 9 }, silence]), usual).seen).toBe(false);
    expect(burstSeen(evidenceOf([quiet, { ...burst, per_second: 120 }, silence]), usual).seen).toBe(false);
    const parted = [
      { ...burst, seconds: 10 },
      { ...burst, seconds: 10, restarted: true },
    ];
    expect(burstSeen(evidenceOf([quiet, ...parted]), usual).seen).toBe(false);
    expect(burstSeen(evidenceOf([burst, silence], { onset_ms: 1_030_000 }), usual).seen).toBe(false);
  });

  it('leaves its requests times what stays of each', () => {
    const truth = leftByBurst(evidenceOf([quiet, burst, silence]), usual);
    expect(truth.kind === 'number' && truth.values[0]).toBeCloseTo(20 * 300 * 4_000, -6);
    expect(leftByBurst(evidenceOf([quiet]), usual)).toMatchObject({ kind: 'unknown' });
  });

  it('leaves as well what is held in the silence beyond what was before it', () => {
    const slow = { ...quiet, seconds: 60 };
    const truth = leftByBurst(evidenceOf([{ ...slow, collected_each: 50 }, burst, silence]), usual);
    // The last collection before the burst was ten seconds before it.
    const more = (20 * 300 + 10 * usual) * 4_000;
    expect(truth.kind === 'number' && truth.values[1]).toBeCloseTo(more, -6);
  });

  it('is looked at in the silence after it, with a collection', () => {
    expect(heldAfterBurst(evidenceOf([quiet, burst, silence]), usual).seen).toBe(true);
    expect(heldAfterBurst(evidenceOf([silence, burst]), usual).saw).toContain('no ten seconds of silence');
    expect(heldAfterBurst(evidenceOf([burst, { ...silence, collected_each: 0 }]), usual).saw).toContain(
      'no collection',
    );
  });

  it('tells growth by requests from growth by time', () => {
    const words = { requests: 'requests', time: 'time' };
    expect(growsBy(evidenceOf([quiet, burst, silence]), words)).toMatchObject({ accepted: ['requests'] });
    const clock = [quiet, burst, silence].map((phase) => ({
      ...phase,
      bytes_per_request: 0,
      bytes_per_second: 2 * MB,
    }));
    expect(growsBy(evidenceOf(clock), words)).toMatchObject({ accepted: ['time'] });
    expect(growsBy(evidenceOf([quiet, burst]), words)).toMatchObject({ kind: 'unknown' });
  });

  it('does not take for growth by time what came in the second before a collection of the burst was seen', () => {
    const words = { requests: 'requests', time: 'time' };
    const phases = [quiet, { ...burst, bytes_per_request: 6_000 }, silence];
    const { samples } = evidenceOf(phases);
    const inBurst = samples.filter(({ requests_total }, i) => {
      const more = (samples[i + 1]?.requests_total ?? 0) - (requests_total ?? 0);
      return more === 300;
    });
    const late = samples.map((sample) =>
      inBurst.includes(sample)
        ? { ...sample, heap_after_gc_bytes: (sample.heap_after_gc_bytes ?? 0) - 290 * 6_000 }
        : sample,
    );
    // Two collections in the silence, and one.
    for (const seconds of [late.length, late.length - silence.seconds + 11]) {
      const seen = evidenceOf(phases, { samples: late.slice(0, seconds) });
      expect(growsBy(seen, words)).toMatchObject({ accepted: ['requests'] });
    }
  });

  it('does not take the garbage of a silence for growth, and waits for a collection in it', () => {
    const words = { requests: 'requests', time: 'time' };
    const littered = evidenceOf([quiet, burst, { ...silence, collected_each: 0 }]);
    expect(growsBy(littered, words)).toMatchObject({
      kind: 'unknown',
      waits_for: expect.stringContaining('collection'),
    });
    const samples = evidenceOf([quiet, burst, silence]).samples.map((sample, second) => ({
      ...sample,
      heap_bytes: (sample.heap_bytes ?? 0) + second * MB,
    }));
    expect(growsBy(evidenceOf([quiet, burst, silence], { samples }), words)).toMatchObject({
      accepted: ['requests'],
    });
  });
});

describe('the lines that growth comes from', () => {
  const line = (file: string, name: string, growth_bytes: number): GrowingLine => ({
    file: `features/${file}`,
    line: 25,
    function: name,
    size_bytes: growth_bytes,
    growth_bytes,
  });
  const grown = (...lines: readonly GrowingLine[]) => evidenceOf([], { lines: () => lines });

  it('are those of most of it: one, or two that share it', () => {
    const one = grown(line('a.ts', 'handle', 20 * MB), line('b.ts', 'log', MB));
    expect(fileOfGrowth(one)).toMatchObject({ accepted: ['features/a.ts'] });
    expect(functionOfGrowth(one)).toMatchObject({ accepted: ['handle'] });
    expect(lineOfGrowth(one)).toMatchObject({ values: [25], tolerance: 0 });
    const makers = { 'features/a.ts': ['make'] };
    expect(nodeOfGrowth(one, makers)).toMatchObject({ accepted: ['handle', 'make'] });
    expect(nodeOfGrowth(one, {})).toMatchObject({ accepted: ['handle'] });
    const two = grown(line('a.ts', 'handle', 9 * MB), line('b.ts', 'make', 8 * MB), line('c.ts', 'log', MB));
    expect(functionOfGrowth(two)).toMatchObject({ accepted: ['handle', 'make'] });
  });

  it('are not known by a few marks, nor where all of it lies outside of the service', () => {
    expect(fileOfGrowth(grown(line('a.ts', 'handle', 2 * MB)))).toMatchObject({ kind: 'unknown' });
    expect(fileOfGrowth(grown({ ...line('', '', 50 * MB), line: 0 }))).toMatchObject({ kind: 'unknown' });
  });
});

describe('who holds what grew', () => {
  const steps = (...edges: readonly string[]) => edges.map((edge) => ({ edge, name: '' }));
  const row = (
    class_name: string,
    count_delta: number,
    retained: number,
    ...edges: string[]
  ): GrownClass => ({
    class_name,
    count_delta,
    retained_delta_bytes: retained * MB,
    paths: [{ share_of_bytes: 0.99, steps: steps(...edges) }],
  });
  const queue = ['', '[2]', '{global_object}', '->upstream', '.jobs', '.#waiting', '[89]'];
  const diff: readonly GrownClass[] = [
    row('(system)', 13, 14),
    row('Function', 1_694, 13.7, ...queue),
    row('system / Context', 1_652, 13.3, ...queue, '{context}'),
    row('{id, page}', 1_628, 12.8, ...queue, '{context}', '->message'),
    row('Order', 48_840, 12.1, ...queue, '{context}', '->message', '.orders', '[0]'),
    row('Server', 0, 13),
    row('Socket', 900, 0.2, '', '.sockets', '[1]'),
  ];
  const evidence = evidenceOf([], { diff: () => diff });

  it('are the classes of which many came and that retain a good part; any of their counts', () => {
    expect(classOfGrowth(evidence)).toMatchObject({
      accepted: expect.arrayContaining(['Function', 'Context', 'system / Context', '{id, page}', 'Order']),
    });
    expect(JSON.stringify(classOfGrowth(evidence))).not.toMatch(/Socket|Server|\(system\)/);
    expect(countOfGrowth(evidence)).toMatchObject({ values: [1_694, 1_652, 1_628, 48_840] });
  });

  it('is the collection that they are elements of, and not what one of them leads to', () => {
    expect(holderOfGrowth(evidence)).toMatchObject({ accepted: ['jobs', '#waiting'] });
    const cached = row('{body}', 1_560, 24, '', '.#active', '[0]', '.#responses', '{table}', '[4952]');
    expect(holderOfGrowth(evidenceOf([], { diff: () => [cached] }))).toMatchObject({
      accepted: ['#responses'],
    });
  });

  it('is not known without two snapshots, nor where nothing came in masses', () => {
    expect(compared(evidenceOf([])).seen).toBe(false);
    expect(compared(evidence)).toEqual({ seen: true, saw: expect.stringContaining('14 MB') });
    expect(holderOfGrowth(evidenceOf([]))).toMatchObject({ kind: 'unknown' });
    expect(classOfGrowth(evidenceOf([], { diff: () => [row('Map', 2, 20)] }))).toMatchObject({
      kind: 'unknown',
    });
  });
});

describe('jobs that wait for a slow upstream', () => {
  const words = { bound: 'bound', faster: 'faster' };
  const slow = (latency_ms: number, per_second: number): Evidence =>
    evidenceOf([{ seconds: 70, per_second }], {
      incident: { leaks: [], onset_seconds: 0, upstream: { latency_ms } },
    });

  it('are finished four at a time', () => {
    const truth = keepsUpTruth(slow(5_000, 60));
    expect(truth.kind === 'number' && truth.values[0]).toBeCloseTo(0.8);
    expect(keepsUpTruth(evidenceOf([]))).toMatchObject({ kind: 'unknown' });
  });

  it('need a bound where twice the speed would not do', () => {
    expect(sufficientFix(slow(5_000, 60), words)).toMatchObject({ accepted: ['bound'] });
    expect(sufficientFix(slow(100, 60), words)).toMatchObject({ accepted: ['faster'] });
    expect(sufficientFix(slow(5_000, 0), words)).toMatchObject({ kind: 'unknown' });
  });
});
