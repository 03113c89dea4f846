import { describe, expect, it } from 'vitest';
import { type Sample, verdictOf } from '../index.ts';
import { even, nothing } from '../testing/growth-shapes.ts';
import { seeded } from '../testing/seeded.ts';
import { type ProcedureSettings, procedure } from '../testing/synthetic-procedure.ts';
import { watched } from '../testing/synthetic-watch.ts';

const megabyte = 2 ** 20;
const usual = { requests: 5_000, rate: 200, noise_bytes: 20_000 };

const run = (more: Partial<ProcedureSettings> = {}): Sample[] =>
  procedure(seeded(7), { shape: nothing, ...usual, ...more });

/** The same run with something else that grows by so much a request. */
const growing = (of: keyof Sample, kept: number, more: Partial<ProcedureSettings> = {}): Sample[] =>
  run(more).map((sample) => ({ ...sample, [of]: 3 * megabyte + kept * (sample.requests_total ?? 0) }));

describe('where it grows', () => {
  it.each([
    ['external_bytes', 'external'],
    ['remote_bytes', 'another server'],
  ] as const)('%s: %s', (memory, where) => {
    const verdict = verdictOf(growing(memory, 800));
    expect(verdict).toMatchObject({ finding: 'leak', where, unit: 'request' });
    expect(verdict.bytes_per_unit?.value).toBeCloseTo(800, -2);
  });

  it('another server meets its own limit: this one’s says nothing of it', () => {
    const samples = growing('remote_bytes', 2_000);
    const { requests_total: requests } = samples.at(-1) ?? {};
    const left_bytes = 97 * megabyte - 2_000 * (requests ?? 0);
    const limited = samples.map((sample) => ({ ...sample, remote_limit_bytes: 100 * megabyte }));
    expect(verdictOf(limited).seconds_to_limit?.value).toBeCloseTo(left_bytes / (2_000 * usual.rate), -1);
    expect(verdictOf(samples).seconds_to_limit).toBeNull();
  });

  it('another server that is not yet past what a cache may take is told of before a heap that scatters', () => {
    const settings = { shape: nothing, seconds: 30, rate: 200, noise_bytes: megabyte, told: true };
    const service = watched(seeded(3), { ...settings, sawtooth_bytes: 30 * megabyte, gcEach_seconds: 7 });
    const samples = service.map((sample) => ({
      ...sample,
      remote_bytes: megabyte + 10_000 * (sample.requests_total ?? 0),
      remote_limit_bytes: 256 * megabyte,
    }));
    const verdict = verdictOf(samples);
    expect(verdict.finding).toBe('not enough data');
    expect(verdict.bytes_per_unit?.value).toBeCloseTo(10_000, -2);
    expect(verdict.seconds_to_limit?.value).toBeCloseTo((256 * megabyte - 60e6) / 2e6, -1);
  });

  it('resident memory alone, where the heap is flat', () => {
    const samples = run().map((sample) => ({
      ...sample,
      resident_bytes: 80 * megabyte + 5_000 * (sample.requests_total ?? 0),
      heap_committed_bytes: 40 * megabyte,
    }));
    expect(verdictOf(samples)).toMatchObject({ finding: 'leak', where: 'resident' });
  });

  it('sockets, by their number', () => {
    const samples = run({ shape: even(300) }).map((sample) => ({
      ...sample,
      open_sockets: 5 + Math.floor((sample.requests_total ?? 0) / 50),
    }));
    const verdict = verdictOf(samples);
    expect(verdict).toMatchObject({ finding: 'leak', where: 'sockets' });
    expect(1 / (verdict.sockets_per_unit?.value ?? 0)).toBeCloseTo(50, -1);
  });

  it('sockets that hold next to nothing are a leak still', () => {
    const samples = run().map((sample) => ({
      ...sample,
      open_sockets: 5 + Math.floor((sample.requests_total ?? 0) / 100),
    }));
    const { sentence, ...verdict } = verdictOf(samples);
    expect(verdict).toMatchObject({ finding: 'leak', where: 'sockets' });
    expect(sentence).toMatch(
      /^A leak: sockets stay open, .* A socket stays open for every 1\d\d requests\.$/,
    );
  });

  it('a pool of connections is none', () => {
    const samples = run().map((sample) => ({
      ...sample,
      open_sockets: sample.phase === 'baseline' ? 2 : 40,
    }));
    expect(verdictOf(samples).finding).toBe('stable');
  });
});

describe('by what it grows', () => {
  it('tells payload bytes from requests where bodies differ', () => {
    const random = seeded(3);
    let [payload, requests] = [0, 0];
    const samples = run().map((sample) => {
      const more = (sample.requests_total ?? 0) - requests;
      requests += more;
      payload += more * random.between(100, 20_000);
      return { ...sample, payload_bytes_total: payload, external_bytes: megabyte + 0.2 * payload };
    });
    const verdict = verdictOf(samples);
    expect(verdict).toMatchObject({ finding: 'leak', unit: 'payload byte', where: 'external' });
    expect(verdict.bytes_per_unit?.value).toBeCloseTo(0.2, 2);
  });

  it('says what cannot be told apart', () => {
    const samples = run({ shape: even(2_000) }).map((sample) => ({
      ...sample,
      connections_total: sample.requests_total,
    }));
    const { unit, alike, sentence } = verdictOf(samples);
    expect([unit, alike]).toEqual(['request', ['connection']]);
    expect(sentence).toContain('request or the connection cannot be told apart');
  });
});

it('foretells at the rate of the load, not of whoever reads when the load is gone', () => {
  const load = watched(seeded(11), {
    shape: even(10_000),
    seconds: 40,
    rate: 200,
    noise_bytes: 50_000,
    sawtooth_bytes: 4 * megabyte,
    gcEach_seconds: 3,
    told: true,
  });
  const last = load.at(-1) as Sample;
  const idle = Array.from({ length: 15 }, (_, second) => ({
    ...last,
    time_seconds: last.time_seconds + second + 1,
    requests_total: (last.requests_total ?? 0) + second + 1,
  }));
  const underLoad = verdictOf(load).seconds_to_limit?.value ?? 0;
  expect(underLoad).toBeGreaterThan(10);
  expect((verdictOf([...load, ...idle]).seconds_to_limit?.value ?? 0) / underLoad).toBeCloseTo(1, 1);
});

it('foretells what comes rarely by the time between', () => {
  const each_bytes = 5 * megabyte;
  const samples = Array.from({ length: 20 }, (_, second): Sample => {
    // In some seconds one comes, in some two, in some none.
    const events = Math.floor(0.9 * second + (second % 3) / 3);
    const held = 20 * megabyte + events * each_bytes;
    return {
      time_seconds: second,
      requests_total: events,
      heap_bytes: held,
      used_bytes: held + 40 * megabyte,
      limit_bytes: 256 * megabyte,
    };
  });
  const last = samples.at(-1) as Sample;
  const left_seconds = (256 * megabyte - (last.used_bytes ?? 0)) / (0.9 * each_bytes);
  expect((verdictOf(samples).seconds_to_limit?.value ?? 0) / left_seconds).toBeCloseTo(1, 0.7);
});

describe('a process that ends', () => {
  const killed = (): Sample[] =>
    watched(seeded(5), {
      shape: even(8_000),
      seconds: 120,
      rate: 200,
      noise_bytes: 50_000,
      sawtooth_bytes: 8 * megabyte,
      gcEach_seconds: 3,
      told: true,
    }).filter(({ used_bytes }) => (used_bytes ?? 0) < 250 * megabyte);

  it('killed in the middle: says at which memory, after how many requests, and still by how much it grew', () => {
    const verdict = verdictOf(killed(), { ended: 'killed' });
    expect(verdict.deaths).toHaveLength(1);
    expect(verdict.deaths[0]?.killed).toBe(true);
    expect(verdict.deaths[0]?.used_bytes).toBeGreaterThan(230 * megabyte);
    expect(verdict.bytes_per_request?.value).toBeCloseTo(8_000, -3);
    expect(verdict.sentence).toMatch(
      /^The process was killed at 2\d\d MB of 256 MB after [\d,]+ requests\. A leak: /,
    );
  });

  it('is presumed killed where another follows and it was nearly full', () => {
    const first = killed();
    const last_seconds = first.at(-1)?.time_seconds ?? 0;
    const second = run().map((sample) => ({
      ...sample,
      time_seconds: sample.time_seconds + last_seconds + 1,
    }));
    const verdict = verdictOf([...first, ...second]);
    expect(verdict.deaths.map(({ killed }) => killed)).toEqual([true]);
    expect(verdict.finding).toBe('stable');
  });

  it('is not presumed killed where it is known how it ended', () => {
    const first = killed().map((sample) => ({ ...sample, process: 1 }));
    const second = killed().map((sample) => ({
      ...sample,
      process: 2,
      time_seconds: sample.time_seconds + 1_000,
    }));
    const { deaths } = verdictOf([...first, ...second], { endings: new Map([[1, 'stopped']]) });
    expect(deaths.map(({ killed }) => killed)).toEqual([false]);
  });

  it('does not mix two lives: the fall at a restart is none of the growth', () => {
    const one = run({ shape: even(2_000) });
    const other = one.map((sample) => ({
      ...sample,
      process: 'two',
      time_seconds: sample.time_seconds + 1_000,
    }));
    const verdict = verdictOf([...one, ...other]);
    expect(verdict.bytes_per_unit?.value).toBeCloseTo(2_000, -2);
    expect(verdict.deaths.map(({ killed }) => killed)).toEqual([false]);
  });
});

describe('what is said of it', () => {
  it('a leak', () => {
    const { sentence } = verdictOf(run({ shape: even(2_048), noise_bytes: 0 }));
    expect(sentence).toBe(
      'A leak: 2 KB for each request (2 KB to 2 KB) stay in the heap, when the load is gone and with the next load as before. At this rate the limit is reached in 6.7 min.',
    );
  });

  it('nothing of no readings', () => {
    expect(verdictOf([])).toMatchObject({ finding: 'not enough data', confidence: 0, bytes_per_unit: null });
    expect(verdictOf([]).sentence).toBe(
      'Not enough data: no memory was read, or nothing came between the readings.',
    );
  });

  it('failed requests, apart', () => {
    const samples = run().map((sample) => ({ ...sample, failed_total: (sample.requests_total ?? 0) / 2 }));
    expect(verdictOf(samples).sentence).toContain('5,000 of 10,000 requests failed.');
  });

  it('how much more it takes, where it cannot be told', () => {
    const one = run({ shape: even(2_000), loads: 1 });
    const verdict = verdictOf(one);
    expect(verdict.finding).toBe('not enough data');
    expect(verdict.sentence).toMatch(/It takes [\d,]+ requests more/);
  });
});

it('goes by the last two of three loads', () => {
  const requests = 5_000;
  const slow = { held: ({ requests: sent }: { requests: number }) => 3_000 * Math.max(sent - requests, 0) };
  expect(verdictOf(run({ shape: slow, loads: 2 })).finding).toBe('not enough data');
  expect(verdictOf(run({ shape: slow, loads: 3 })).finding).toBe('leak');
  const full = { held: ({ requests: sent }: { requests: number }) => 3_000 * Math.min(sent, 1.5 * requests) };
  expect(verdictOf(run({ shape: full, loads: 3 })).finding).toBe('warm-up');
});

it('goes by the threshold that is set', () => {
  const samples = run({ shape: even(400) });
  expect(verdictOf(samples).finding).toBe('leak');
  expect(verdictOf(samples, { threshold_bytes: 1_000 }).finding).not.toBe('leak');
});

it('takes a day of seconds in less than a second of work', () => {
  const day = watched(seeded(1), {
    shape: even(5),
    seconds: 86_400,
    rate: 100,
    noise_bytes: 100_000,
    sawtooth_bytes: 10 * megabyte,
    gcEach_seconds: 5,
    told: false,
  });
  const begun = process.threadCpuUsage();
  verdictOf(day);
  expect(process.threadCpuUsage(begun).user / 1_000).toBeLessThan(1_000);
});

it('takes what a load holds and lets go of when it is over for no growth', () => {
  let rest = 0;
  const samples = run({ noise_bytes: 2_000 }).map((sample) => {
    const { phase, requests_total, heap_bytes } = sample;
    if (phase !== 'load') rest = requests_total ?? 0;
    const batch = phase === 'load' ? 2_600 * ((requests_total ?? 0) - rest) : 0;
    return { ...sample, heap_bytes: (heap_bytes ?? 0) + batch };
  });
  const { finding, bytes_per_request } = verdictOf(samples);
  expect(['stable', 'allocation pressure']).toContain(finding);
  expect(bytes_per_request?.high).toBeLessThan(100);
});
