import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCgroup } from './cgroup.ts';

/** A tree of cgroups v2 as a desktop has it: the session holds processes and passes no limits on. */
let mount: string;
let session: string;
beforeEach(() => {
  mount = mkdtempSync(join(tmpdir(), 'cgroup2-'));
  session = join(mount, 'user.slice', 'app.slice', 'terminal.scope');
  mkdirSync(session, { recursive: true });
  writeFileSync(join(session, 'cgroup.subtree_control'), '\n');
  writeFileSync(join(mount, 'user.slice', 'app.slice', 'cgroup.subtree_control'), 'cpu memory pids\n');
  writeFileSync(join(mount, 'user.slice', 'cgroup.subtree_control'), 'memory\n');
});

describe.skipIf(process.platform === 'win32')('under cgroup v2', () => {
  it('the limit is made beside the session, where the nearest ancestor passes limits on', () => {
    const attempt = makeCgroup(1000, { version: 2, directory: session }, mount);
    if ('refused' in attempt) throw new Error(attempt.refused);
    const { description, wrap } = attempt.limit;
    const directory = join(mount, 'user.slice', 'app.slice', `leak-lab-${process.pid}`);
    expect(description).toMatchObject({ kind: 'cgroup-v2', cgroup_directory: directory });
    expect(readFileSync(join(directory, 'memory.max'), 'utf8')).toBe('1000');
    expect(wrap(['node', 'main.ts'])).toEqual([
      'sh',
      '-c',
      expect.stringContaining('exec'),
      directory,
      'node',
      'main.ts',
    ]);
  });

  it('a machine that passes limits on nowhere is refused, with the reason', () => {
    const bare = mkdtempSync(join(tmpdir(), 'cgroup2-'));
    writeFileSync(join(bare, 'cgroup.subtree_control'), 'cpu\n');
    expect(makeCgroup(1000, { version: 2, directory: bare }, bare)).toEqual({
      refused: 'no cgroup above this one passes memory limits on',
    });
    expect(readdirSync(bare)).toEqual(['cgroup.subtree_control']);
  });
});
