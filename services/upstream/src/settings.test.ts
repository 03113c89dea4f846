import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpError } from './errors.ts';
import { changeSettings, defaultSettings, overrideSettings } from './settings.ts';

describe('changeSettings', () => {
  it('changes what is named and keeps the rest', () =>
    expect(changeSettings(defaultSettings, { latency_ms: 5 })).toEqual({
      ...defaultSettings,
      latency_ms: 5,
    }));

  it.each([
    { latency_ms: -1 },
    { latency_ms: 1.5 },
    { latency_ms: 60_001 },
    { latency_ms: '5' },
    { latency_ms: null },
    { body_bytes: 1e12 },
    { body_bytes: Number.NaN },
    { failure_ratio: 1.1 },
    { latncy_ms: 5 },
    { ['__proto__']: 5 },
    { latency_ms: 5, body_bytes: -1 },
    [],
    'slow',
    null,
    undefined,
  ])('refuses %j', (changes) => expect(() => changeSettings(defaultSettings, changes)).toThrow(HttpError));

  it('says what was expected and what came', () =>
    expect(() => changeSettings(defaultSettings, { failure_ratio: 'always' })).toThrow(
      'failure_ratio: expected a number from 0 to 1, got "always". Nothing was changed.',
    ));

  it('refuses with a 400 whatever it is given, or keeps to the bounds', () =>
    fc.assert(
      fc.property(fc.anything(), (changes) => {
        try {
          const { latency_ms, body_bytes, failure_ratio } = changeSettings(defaultSettings, changes);
          expect(latency_ms >= 0 && latency_ms <= 60_000 && body_bytes >= 0 && failure_ratio <= 1).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(HttpError);
        }
      }),
    ));
});

describe('overrideSettings', () => {
  it('reads the settings of one request', () =>
    expect(
      overrideSettings(defaultSettings, new URLSearchParams('bytes=7&latency_ms=0&failure_ratio=0.5')),
    ).toEqual({ latency_ms: 0, body_bytes: 7, failure_ratio: 0.5 }));

  it.each([
    'bytes=',
    'bytes=1e3',
    'bytes=-1',
    'latency_ms=0x10',
    'failure_ratio=NaN',
    'size=5',
    'toString=5',
  ])('refuses ?%s', (query) =>
    expect(() => overrideSettings(defaultSettings, new URLSearchParams(query))).toThrow(HttpError),
  );
});
