import { expect, it } from 'vitest';
import { parseStatus, parseTasklist, residentReader } from './resident-memory.ts';

it('Linux: what /proc tells', () => {
  expect(parseStatus('Name:\tnode\nVmHWM:\t  140000 kB\nVmRSS:\t  130000 kB\nRssAnon:\t   80000 kB\n')).toBe(
    130_000 * 1024,
  );
  expect(parseStatus('Name:\tnode\nState:\tZ (zombie)\n')).toBeUndefined();
});

it.each([
  ['"node.exe","1234","Console","1","81,234 K"\r\n', 81_234 * 1024],
  ['"node.exe","1234","Console","1","81.234 K"\r\n', 81_234 * 1024],
  ['INFO: No tasks are running which match the specified criteria.\r\n', undefined],
])('Windows: tasklist’s %j', (output, bytes) => expect(parseTasklist(output)).toBe(bytes));

it('reads a living process, and nothing of one that is not there', async () => {
  expect(await residentReader()(process.pid)).toBeGreaterThan(10 * 1024 ** 2);
  expect(await residentReader()(2 ** 22 + 1)).toBeUndefined();
});

it.skipIf(process.platform === 'win32')('ps tells about the same', async () => {
  const bytes = await residentReader('darwin')(process.pid);
  expect(bytes).toBeGreaterThan(20 * 1024 ** 2);
});
