import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  copyWorkspace,
  filesOf,
  installTarball,
  packTarball,
  typeErrors,
} from '../../../../test/support/tarball.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = 'packages/heap-snapshot';
const manifestOf = (root: string) => readFileSync(join(root, folder, 'package.json'), 'utf8');
let workspace: string;
let project: string;
let manifestBefore: string;
let files: string[];

beforeAll(() => {
  workspace = copyWorkspace(folder);
  manifestBefore = manifestOf(workspace);
  const tarball = packTarball(workspace, folder);
  files = filesOf(tarball);
  project = installTarball(tarball);
}, 60_000);

afterAll(() => {
  for (const folder of [workspace, project]) rmSync(folder, { recursive: true, force: true });
});

describe('the packed package', () => {
  test('holds JavaScript, declarations, schema and readme, and no sources or tests', () => {
    const allowed =
      /^package\/(dist\/.+\.(js|d\.ts)|heapdiff\.schema\.json|package\.json|README\.md|LICENSE)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(files.filter((file) => /test|soak|bench/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package/dist/index.js', 'package/dist/index.d.ts']));
  });

  test('leaves the workspace with its entry points at the sources', () => {
    expect(manifestOf(workspace)).toBe(manifestBefore);
    expect(JSON.parse(manifestBefore).exports['.']).toBe('./src/index.ts');
  });

  test('runs as a command and as a library', () => {
    const [before, after] = [join(project, 'a.heapsnapshot'), join(project, 'b.heapsnapshot')];
    execFileSync(process.execPath, [here('leaking-program.mjs'), before, after, '150']);
    const command = join(project, 'node_modules/@leak-lab/heap-snapshot/dist/cli/main.js');
    const rule = ['--fail-on', 'RequestRecord > 149'];
    const failed = spawnSync(process.execPath, [command, '--json', ...rule, before, after], {
      encoding: 'utf8',
    });
    expect(failed.stderr).toBe('');
    expect(failed.status).toBe(1);
    expect(JSON.parse(failed.stdout).rules).toMatchObject([{ broken: true, offenders: [{ growth: 150 }] }]);
    copyFileSync(here('consumer.mjs'), join(project, 'consumer.mjs'));
    const said = execFileSync(process.execPath, ['consumer.mjs', before, after], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toEqual({ added: 150, retained: true, held: true, growth: 'Session' });
  });

  test('is typed for whoever imports it', () => {
    const use = `import { diffSnapshots, type SnapshotDiff } from '@leak-lab/heap-snapshot';
      const diff: SnapshotDiff = await diffSnapshots(['a', 'b']);\n`;
    const right = 'export const name: string | undefined = diff.classes[0]?.name;\n';
    expect(typeErrors(project, use + right)).toBe('');
    expect(typeErrors(project, `${use}export const name: number = diff.classes;\n`)).toContain('TS2322');
  });
});
