import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
let folder: string;
let before: string;
let after: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heapdiff-'));
  [before, after] = [join(folder, 'before.heapsnapshot'), join(folder, 'after.heapsnapshot')];
  execFileSync(process.execPath, [here('../testing/leaking-program.mjs'), before, after, '150']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command as a process of its own, with its output going to pipes as in CI. */
function heapdiff(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [here('main.ts'), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('heapdiff BEFORE AFTER', () => {
  test('shows what grew and what holds it, without colour where no terminal is', () => {
    const { status, stdout, stderr } = heapdiff(before, after);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/\+150 +150 +0 .* RequestRecord {2}\S*leaking-program\.mjs:\d+:\d+\n/);
    expect(stdout).toMatch(/What holds them\n[\s\S]*RequestRecord: 15[01] objects/);
    expect(stdout).not.toContain('\x1b');
  });

  test('is quick and short with --no-retained', () => {
    const { status, stdout } = heapdiff('--no-retained', '--top', '3', before, after);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/held|What holds them/);
    expect(stdout).toMatch(/more classes \(--top \d+ shows all\)/);
  });

  test('of one class shows its objects and its paths alone', () => {
    const { status, stdout } = heapdiff('--class', 'RequestRecord', '--top', '5', before, after);
    expect(status).toBe(0);
    expect(stdout.match(/^@\d+ {2}own /gm)).toHaveLength(5);
    expect(stdout).not.toMatch(/\(string\)$/m);
  });

  test('as JSON, Markdown and HTML tells of the same class', () => {
    const report = JSON.parse(heapdiff('--json', before, after).stdout);
    expect(report.classes.find(({ name }: { name: string }) => name === 'RequestRecord').added.count).toBe(
      150,
    );
    expect(heapdiff('--markdown', before, after).stdout).toMatch(/\| \+150 \| .* RequestRecord .*\|/);
    expect(heapdiff('--html', before, after).stdout).toMatch(/<td>\+150<\/td>.*RequestRecord/);
  });

  test('fails a build by exit 1 when a class grew beyond its limit, and only then', () => {
    const strict = heapdiff('--no-retained', '--fail-on', 'RequestRecord > 100', before, after);
    expect(strict.status).toBe(1);
    expect(strict.stdout).toContain('FAILED: RequestRecord > 100 (RequestRecord grew by 150)');
    expect(heapdiff('--no-retained', '--fail-on', 'RequestRecord > 150', before, after).status).toBe(0);
  });

  test('judges classes that a filter leaves out of the table', () => {
    const rule = ['--fail-on', 'RequestRecord > 100', '--filter', 'nothing like it'];
    const { status, stdout } = heapdiff('--no-retained', ...rule, before, after);
    expect(status).toBe(1);
    expect(stdout).not.toMatch(/^.*\+150.*RequestRecord/m);
  });

  test('passes where all objects of the class are gone', () => {
    const { status, stderr } = heapdiff('--no-retained', '--fail-on', 'TextDecoder > 0', before, after);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('says what holds the class that a rule names', () => {
    const { stdout } = heapdiff('--json', '--fail-on', 'RequestRecord > 100', before, after);
    expect(JSON.parse(stdout).paths.map(({ name }: { name: string }) => name)).toEqual(['RequestRecord']);
  });
});

test('heapdiff summary shows one snapshot', () => {
  const { status, stdout } = heapdiff('summary', '--class', 'RequestRecord', after);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ +151 .*RequestRecord/m);
});

describe('bad input ends with exit 2, a reason, and no stack', () => {
  const cases: [string, () => string[], RegExp][] = [
    ['no file', () => [before, join(folder, 'absent.heapsnapshot')], /absent\.heapsnapshot/],
    ['a directory', () => [before, folder], /director/],
    ['an empty file', () => [before, written('empty', '')], /empty/],
    ['another format', () => [before, written('other', '{"snapshot": []}')], /other/],
    ['an unknown class', () => ['--class', 'RequestRecrd', before, after], /no object of class RequestRecrd/],
    [
      'a class in other letters',
      () => ['--class', 'requestrecord', before, after],
      /did you mean RequestRecord\?/,
    ],
    [
      'a rule for a class that there never was',
      () => ['--no-retained', '--fail-on', 'RequestRecrd > 1', before, after],
      /--fail-on 'RequestRecrd > 1': no object.*did you mean RequestRecord\?/,
    ],
    ['an unknown option', () => ['--colour', before, after], /--colour[\s\S]*heapdiff --help/],
    ['a path with an escape sequence', () => [before, join(folder, 'a\x1b[2Jb')], /\\u001b\[2J/],
  ];

  test.each(cases)('%s', (_what, args, reason) => {
    const { status, stdout, stderr } = heapdiff(...args());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^heapdiff: /);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  function written(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }
});

test('a reader that has seen enough is no fault', async () => {
  const child = spawn(process.execPath, [here('main.ts'), '--json', before, after], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const [status] = await once(child, 'close');
  expect({ status, complaint }).toEqual({ status: 0, complaint: '' });
});

test('a pipe is read as a file is', () => {
  const piped = 'cat "$3" | "$0" "$1" --top 1 "$2" /dev/stdin';
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', piped, process.execPath, here('main.ts'), before, after],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^2 {2}\/dev\/stdin \(file /m);
});

test.skipIf(process.platform === 'win32')('a signal ends it and leaves no temporary file', async () => {
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const env = { ...process.env, TMPDIR: scratch };
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const child = spawn(process.execPath, [here('main.ts'), before, pipe], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const writer = createWriteStream(pipe);
  writer.on('error', () => {});
  writer.write('{"snapshot":');
  while (readdirSync(scratch).length === 0) await setImmediate();
  child.kill('SIGTERM');
  const [, signal] = await once(child, 'close');
  writer.destroy();
  expect({ signal, left: readdirSync(scratch) }).toEqual({ signal: 'SIGTERM', left: [] });
});

test.skipIf(!existsSync('/dev/full'))(
  'a report that cannot be written is told, and is no broken rule',
  () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$@" > /dev/full', process.execPath, here('main.ts'), '--help'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^heapdiff: the report cannot be written \(.*ENOSPC.*\)/);
  },
);

test('--help shows three examples', () => {
  const { status, stdout } = heapdiff('--help');
  expect(status).toBe(0);
  expect(stdout.slice(stdout.indexOf('Examples:')).match(/^ {4}heapdiff /gm)).toHaveLength(3);
});
