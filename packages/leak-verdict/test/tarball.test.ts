import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  copyWorkspace,
  filesOf,
  installTarball,
  packTarball,
  typeErrors,
} from '../../../test/support/tarball.ts';
import { consumerSays, verdictOfSources } from './installed.ts';

const folder = 'packages/leak-verdict';
let workspace: string;
let project: string;
let files: string[];

beforeAll(() => {
  workspace = copyWorkspace(folder);
  const tarball = packTarball(workspace, folder);
  files = filesOf(tarball);
  project = installTarball(tarball);
}, 60_000);

afterAll(() => {
  for (const made of [workspace, project]) rmSync(made, { recursive: true, force: true });
});

describe('the packed package', () => {
  it('holds JavaScript, declarations and readme, and no sources, tests or recordings', () => {
    const allowed = /^package\/(dist\/.+\.(js|d\.ts)|package\.json|README\.md|LICENSE)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(files.filter((file) => /\.test\.|\.soak\.|testing|recording/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package/dist/index.js', 'package/dist/index.d.ts']));
  });

  it('brings nothing with it, and imports nothing of Node', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@leak-lab',
    ]);
    expect(readdirSync(join(project, 'node_modules/@leak-lab'))).toEqual(['leak-verdict']);
    const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    expect(Object.keys(manifest).filter((field) => /dependencies/i.test(field))).toEqual([]);
    const imports = files
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [
        ...readFileSync(installed(file.replace('package/', '')), 'utf8').matchAll(/from '([^.][^']*)'/g),
      ]);
    expect(imports.map(([, name]) => name)).toEqual([]);
  });

  it('judges as the sources do', () => {
    expect(consumerSays(process.execPath, project)).toEqual(verdictOfSources());
  });

  it('is typed for whoever imports it', () => {
    const use = `import { type Sample, type Verdict, verdictOf } from '@leak-lab/leak-verdict';
      const samples: Sample[] = [{ time_seconds: 0, phase: 'baseline', heap_bytes: 1 }];
      const verdict: Verdict = verdictOf(samples);\n`;
    const right = 'export const bytes: number | undefined = verdict.bytes_per_unit?.value;\n';
    expect(typeErrors(project, use + right)).toBe('');
    expect(typeErrors(project, `${use}export const finding: 'leek' = verdict.finding;\n`)).toContain(
      'TS2322',
    );
  });
});

const installed = (path: string): string => join(project, 'node_modules/@leak-lab/leak-verdict', path);

it('packing leaves the workspace with its entry points at the sources', () => {
  const manifest = readFileSync(join(workspace, folder, 'package.json'), 'utf8');
  expect(manifest).toBe(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
});
