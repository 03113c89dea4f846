import { expect, it } from 'vitest';
import { commandsOf } from './commands-of.ts';

it('what is copied can be typed in any shell', () => {
  const block = [
    './lab leak cache on    # or: curl -X POST localhost:8080/admin/leaks/cache',
    '# a word between',
    '',
    "curl -s 'http://localhost:8080/a#b' -H 'x: #1'",
    './lab load #',
  ].join('\n');
  expect(commandsOf(block)).toBe(
    "./lab leak cache on\ncurl -s 'http://localhost:8080/a#b' -H 'x: #1'\n./lab load",
  );
});
