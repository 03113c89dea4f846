import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('has defaults for everything', () =>
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8090,
    allowedHosts: new Set(),
    settings: { latency_ms: 800, body_bytes: 1024, failure_ratio: 0 },
  }));

it('reads the environment', () =>
  expect(
    readConfig({ PORT: '0', LATENCY_MS: '5', ALLOWED_HOSTS: 'Upstream, other', FAILURE_RATIO: '0.1' }),
  ).toEqual({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: new Set(['upstream', 'other']),
    settings: { latency_ms: 5, body_bytes: 1024, failure_ratio: 0.1 },
  }));

it.each([
  [{ LATENCY_MS: 'fast' }, /LATENCY_MS.*expected a whole number from 0 to 60000, got "fast"/],
  [{ PORT: '99999' }, /PORT.*Expected a number from 0 to 65535, got "99999"/],
])('names the variable that is wrong: %j', (environment, message) =>
  expect(() => readConfig(environment)).toThrow(message),
);
