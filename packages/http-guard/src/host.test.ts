import { describe, expect, it } from 'vitest';
import { isAllowedHost, isOwnOrigin } from './index.ts';

describe('isAllowedHost', () => {
  const names = new Set(['leaky-service']);
  it.each([
    'localhost',
    'localhost:8080',
    '127.0.0.1:8080',
    '[::1]:8080',
    '10.0.0.7',
    'leaky-service:8080',
    'LOCALHOST',
  ])('answers to %s', (host) => expect(isAllowedHost(host, names)).toBe(true));
  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '[::1',
  ])('refuses %s', (host) => expect(isAllowedHost(host, names)).toBe(false));
});

describe('isOwnOrigin', () => {
  const host = 'localhost:8080';
  it('takes a request that no page sent', () => expect(isOwnOrigin({ host })).toBe(true));
  it('takes its own page', () => expect(isOwnOrigin({ host, origin: 'http://localhost:8080' })).toBe(true));
  it.each(['http://evil.example', 'null', 'http://localhost:8081', 'nonsense'])('refuses %s', (origin) =>
    expect(isOwnOrigin({ host, origin })).toBe(false),
  );
  it.each(['cross-site', 'same-site'])('refuses a fetch that is %s', (site) =>
    expect(isOwnOrigin({ host, 'sec-fetch-site': site })).toBe(false),
  );
});
