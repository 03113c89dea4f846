import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { payloadOf } from './payload.ts';

const folder = mkdtempSync(join(tmpdir(), 'leak-lab-payload-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['small', 153],
  ['large', 187_000],
])('%s is an event of %i bytes', (name, bytes) => {
  const { body, content_type } = payloadOf(name);
  expect([body.length, content_type]).toEqual([bytes, 'application/json']);
});

it('takes a file, and says by its name what it is', () => {
  const { body, content_type } = payloadOf(file('order.json', '{"id":1}'));
  expect([body.toString(), content_type]).toEqual(['{"id":1}', 'application/json']);
  expect(payloadOf(file('image.bin', 'x')).content_type).toBe('application/octet-stream');
});

it('refuses a folder, what is not there, and 2 GB, which it does not read', () => {
  const huge = file('huge.bin', '');
  truncateSync(huge, 2 * 2 ** 30);
  const began_ms = performance.now();
  expect(() => payloadOf(huge)).toThrow(/huge\.bin cannot be sent[\s\S]*at most 64\.0 MB[\s\S]*2048 MB/);
  expect(performance.now() - began_ms).toBeLessThan(200);
  expect(() => payloadOf(folder)).toThrow(/a folder/);
  expect(() => payloadOf(join(folder, 'none'))).toThrow(/ENOENT/);
  expect(() => payloadOf('/dev/zero')).toThrow(/no file/);
});
