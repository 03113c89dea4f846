import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { lockHolder, releaseLock, takeLock } from './lock.ts';
import { identify } from './process-identity.ts';
import { openStateDirectory, type StateDirectory } from './state-directory.ts';

let directory: StateDirectory;
beforeEach(() => {
  directory = openStateDirectory(mkdtempSync(join(tmpdir(), 'lab-lock-')));
});

describe('the lock', () => {
  it('is taken once, and names who has it', () => {
    expect(takeLock(directory)).toEqual({ taken: true });
    expect(takeLock(directory)).toMatchObject({ taken: false, holder: { pid: process.pid } });
    releaseLock(directory);
    expect(takeLock(directory)).toEqual({ taken: true });
    expect(readdirSync(directory.path).sort()).toEqual(['lab.lock', 'logs', 'work']);
  });

  it('of a process that is gone counts for nothing', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(directory.lock, JSON.stringify(identify(child.pid ?? 0)));
    expect(takeLock(directory)).toMatchObject({ taken: false, holder: { pid: child.pid } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(lockHolder(directory)).toBeUndefined();
    expect(takeLock(directory)).toEqual({ taken: true });
  });

  it.each(['', '{', 'null'])('that holds %j counts for nothing', (text) => {
    writeFileSync(directory.lock, text);
    expect(takeLock(directory)).toEqual({ taken: true });
  });
});
