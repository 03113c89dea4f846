import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetUrl } from '../commands/load.ts';

const base = 'http://127.0.0.1:8080';

describe('the load goes to the lab’s own service only', () => {
  it.each(['/api/data', '/api/data?size=10', '/'])('takes %s', (path) =>
    expect(targetUrl(base, path)).toBe(base + path),
  );
  it.each(['//evil.example/', 'http://evil.example/', 'api/data', '/\\evil.example', ''])(
    'refuses %j',
    (path) => expect(() => targetUrl(base, path)).toThrow(/none of the service/),
  );
  it('whatever the path', () =>
    fc.assert(
      fc.property(fc.string(), (path) => {
        try {
          return new URL(targetUrl(base, path)).origin === base;
        } catch {
          return true;
        }
      }),
    ));
});
