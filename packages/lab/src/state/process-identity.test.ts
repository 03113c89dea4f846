import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identify, isAlive, parseStat } from './process-identity.ts';

describe('a process', () => {
  it('is known by its number and its start, until it ends', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const identity = identify(child.pid ?? 0);
    expect(identity).toBeDefined();
    if (identity === undefined) return;
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, started: 'earlier' })).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(identity)).toBe(false);
  });

  it('is read past brackets and spaces in its name, and not at all when it is a zombie', () => {
    const fields = Array.from({ length: 49 }, (_, index) => String(index + 4)).join(' ');
    expect(parseStat(`7 (a) b (c)) S ${fields}`)).toBe('22');
    expect(parseStat(`7 (node) Z ${fields}`)).toBeUndefined();
  });
});
