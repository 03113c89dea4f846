import { describe, expect, it } from 'vitest';
import {
  deletionTruth,
  endlessKeysTruth,
  expiryTruth,
  fullWords,
  goneWords,
  growingServerTruth,
  keysPerMinuteTruth,
  serviceIsFlat,
} from '../src/index.ts';
import { evidenceOf, MB, type Phase } from './simulated.ts';

const traffic: Phase = { seconds: 40, per_second: 60, keys: 48, bytes_per_key: 6_000 };
const servers = { service: 'the service', remote: 'Valkey' };
const ways = { cold: 'cold', nothing: 'nothing' };

describe('another server', () => {
  it('is where memory rises when the service is level', () => {
    expect(serviceIsFlat(evidenceOf([traffic])).seen).toBe(true);
    expect(growingServerTruth(evidenceOf([traffic]), servers)).toMatchObject({ accepted: ['Valkey'] });
    expect(serviceIsFlat(evidenceOf([{ ...traffic, bytes_per_request: 90 }])).seen).toBe(true);
    expect(serviceIsFlat(evidenceOf([{ ...traffic, bytes_per_request: 250 }])).seen).toBe(false);
    const own = { ...traffic, keys: 0, bytes_per_request: 5_000 };
    expect(serviceIsFlat(evidenceOf([own]))).toMatchObject({
      seen: false,
      saw: expect.stringContaining('5,000'),
    });
    expect(growingServerTruth(evidenceOf([own]), servers)).toMatchObject({ accepted: ['the service'] });
    expect(growingServerTruth(evidenceOf([{ ...traffic, seconds: 5 }]), servers)).toMatchObject({
      kind: 'unknown',
    });
  });

  it('is given so many keys a minute, silences and what it refuses when it is full left out', () => {
    const truth = (phases: readonly Phase[]) => keysPerMinuteTruth(evidenceOf(phases));
    const value = (phases: readonly Phase[]) => {
      const found = truth(phases);
      return found.kind === 'number' ? found.values[0] : undefined;
    };
    expect(value([traffic])).toBeCloseTo(48 * 60, 0);
    expect(value([traffic, { ...traffic, seconds: 20, per_second: 0, keys: 0 }])).toBeCloseTo(48 * 60, 0);
    const full = [
      { ...traffic, bytes_per_key: 40_000 },
      { ...traffic, bytes_per_key: 40_000 },
    ];
    expect(value(full)).toBeCloseTo(48 * 60, 0);
    expect(fullWords(evidenceOf(full))).toContain('MB of 64');
    expect(fullWords(evidenceOf([traffic]))).toBeUndefined();
    expect(truth([{ ...traffic, seconds: 6 }])).toMatchObject({ kind: 'unknown' });
  });

  it('that began anew is measured in the life in which most came', () => {
    const life = evidenceOf([traffic]).samples;
    const empty = 100;
    // It was away for some seconds, and is empty when it is back; the customers went on.
    const later = life.slice(0, -1).map((sample) => ({
      ...sample,
      time_seconds: sample.time_seconds + 50,
      requests_total: (sample.requests_total ?? 0) + 3_000,
      remote_keys: (sample.remote_keys ?? 0) + empty,
    }));
    const away = later.slice(0, 5).map((sample, index) => ({
      ...sample,
      time_seconds: 1_041 + index,
      remote_keys: null,
      remote_bytes: null,
    }));
    const samples = [...life, ...away, ...later];
    const evidence = evidenceOf([traffic], { samples, now_ms: 1_100_000 });
    const truth = keysPerMinuteTruth(evidence);
    expect(truth.kind === 'number' && truth.values[0]).toBeCloseTo(48 * 60, 0);
    expect(growingServerTruth(evidence, servers)).toMatchObject({ accepted: ['Valkey'] });
  });

  it('that does not answer is told of where the lab needs it, and only there', () => {
    const silent = evidenceOf([traffic]).samples.map((sample, index, { length }) =>
      index < length - 6 ? sample : { ...sample, remote_keys: null, remote_bytes: null },
    );
    const incident = { leaks: [{ id: 'keys', bytes_per_request: 1 }], onset_seconds: 0 };
    expect(goneWords(evidenceOf([traffic], { samples: silent, incident }))).toContain('does not answer');
    expect(goneWords(evidenceOf([traffic], { incident }))).toBeUndefined();
    expect(goneWords(evidenceOf([traffic], { samples: silent }))).toBeUndefined();
  });

  it('keeps keys that nothing ends, as many as there are now or were a moment ago', () => {
    const evidence = evidenceOf([traffic]);
    expect(endlessKeysTruth(evidence)).toMatchObject({ values: [39 * 48, 24 * 48] });
    expect(deletionTruth(evidence, ways)).toMatchObject({ accepted: ['cold'] });
    const samples = evidence.samples.map((sample) => ({
      ...sample,
      remote_keys_with_expiry: sample.remote_keys ?? null,
    }));
    expect(endlessKeysTruth(evidenceOf([traffic], { samples }))).toMatchObject({ kind: 'unknown' });
    expect(endlessKeysTruth(evidenceOf([traffic], { samples: [] }))).toMatchObject({ kind: 'unknown' });
  });
});

it('a session may end after the longest time until its customer comes back, and some grace', () => {
  const regulars = { every: 5, count: 60 };
  // Each fifth of sixty requests a second is of one of sixty customers: each comes every five seconds.
  const truth = expiryTruth(evidenceOf([traffic]), regulars, 0.5);
  expect(truth.kind === 'number' && truth.values[0]).toBeCloseTo(7.5, 5);
  const slower = expiryTruth(evidenceOf([{ ...traffic, per_second: 30 }]), regulars, 0.5);
  expect(slower.kind === 'number' && slower.values[0]).toBeCloseTo(15, 5);
  expect(expiryTruth(evidenceOf([]), regulars, 0.5)).toMatchObject({ kind: 'unknown' });
});

it('made-up readings of another server stay below its limit', () => {
  const { samples } = evidenceOf([{ ...traffic, bytes_per_key: 100_000 }]);
  expect(Math.max(...samples.map(({ remote_bytes }) => remote_bytes ?? 0))).toBeLessThanOrEqual(64 * MB);
});
