import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { root } from '../src/settings.ts';

/** A clone with the real script, and on PATH an npm that installs a Node which says what it was given. */
interface Clone {
  readonly folder: string;
  readonly bin: string;
}

function executable(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

function makeClone(): Clone {
  // The script names the folder as it really is; macOS's folder for such things is a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lab script ')));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  copyFileSync(join(root, 'lab'), join(folder, 'lab'));
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  for (const tool of ['sh', 'cat', 'mkdir', 'rm', 'uname', 'cksum', 'readlink', 'date', 'sleep']) {
    symlinkSync(
      spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim(),
      join(bin, tool),
    );
  }
  executable(join(folder, 'node'), 'echo "node $*"; echo "cache $NODE_COMPILE_CACHE"');
  executable(
    join(bin, 'npm'),
    `echo "$*" >>'${folder}/npm-calls'; echo 'npm speaks'; mkdir -p node_modules/.bin; cat '${folder}/node' >node_modules/.bin/node; '${chmodPath()}' 755 node_modules/.bin/node`,
  );
  return { folder, bin };
}

const chmodPath = () => spawnSync('sh', ['-c', 'command -v chmod'], { encoding: 'utf8' }).stdout.trim();

function call(
  { folder, bin }: Clone,
  { from = folder, script = join(folder, 'lab'), args = ['up', '--leak', 'a b'] } = {},
) {
  const env = { PATH: bin, HOME: folder };
  const { status, stdout, stderr } = spawnSync('/bin/sh', [script, ...args], {
    cwd: from,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const installs = ({ folder }: Clone): number =>
  existsSync(join(folder, 'npm-calls'))
    ? (spawnSync('wc', ['-l', join(folder, 'npm-calls')], { encoding: 'utf8' })
        .stdout.trim()
        .split(' ')
        .map(Number)[0] ?? 0)
    : 0;

let clone: Clone;
beforeEach(() => {
  clone = makeClone();
});

describe.skipIf(process.platform === 'win32')('./lab', () => {
  it('installs at the first call, says so, and hands over to the Node it installed', () => {
    const { status, stdout, stderr } = call(clone);
    expect({ status, installs: installs(clone) }).toEqual({ status: 0, installs: 1 });
    expect(stderr).toMatch(/installing[\s\S]*npm speaks[\s\S]*installed in \d+ s/);
    expect(stdout).toBe(
      `node ${clone.folder}/packages/lab/src/main.ts up --leak a b\ncache ${clone.folder}/.lab/compile-cache\n`,
    );
    expect(existsSync(join(clone.folder, '.lab', 'installing'))).toBe(false);
  });

  it('installs again only when package-lock.json changed', () => {
    call(clone);
    expect(call(clone).stderr).toBe('');
    expect(installs(clone)).toBe(1);
    writeFileSync(join(clone.folder, 'package-lock.json'), '{"changed":true}');
    call(clone);
    expect(installs(clone)).toBe(2);
  });

  it('works from another folder and through links, absolute and relative', () => {
    const links = mkdtempSync(join(tmpdir(), 'lab links '));
    symlinkSync(join(clone.folder, 'lab'), join(links, 'first'));
    symlinkSync('first', join(links, 'second'));
    const { status, stdout } = call(clone, { from: tmpdir(), script: join(links, 'second') });
    expect(status).toBe(0);
    expect(stdout).toContain(`${clone.folder}/packages/lab/src/main.ts`);
  });

  it('says what to do when npm is missing', () => {
    const without = { ...clone, bin: mkdtempSync(join(tmpdir(), 'lab bin ')) };
    for (const tool of ['sh', 'cat', 'mkdir', 'rm', 'uname', 'cksum', 'readlink']) {
      symlinkSync(join(clone.bin, tool), join(without.bin, tool));
    }
    const { status, stderr } = call(without);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /npm was not found on PATH[\s\S]*expected[\s\S]*nodejs\.org[\s\S]*docker compose up/,
    );
  });

  it('says what to do where no Node of the lab’s runs, and tries again next time', () => {
    executable(join(clone.folder, 'node'), 'exit 127');
    const { status, stderr } = call(clone);
    expect(status).toBe(1);
    expect(stderr).toMatch(/no Node 26 that runs on this machine[\s\S]*Docker/);
    call(clone);
    expect(installs(clone)).toBe(2);
  });

  it('takes over from an installation that was killed', () => {
    const lock = join(clone.folder, '.lab', 'installing');
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, 'pid'), String(2 ** 22 + 1));
    expect(call(clone)).toMatchObject({ status: 0 });
  });
});
