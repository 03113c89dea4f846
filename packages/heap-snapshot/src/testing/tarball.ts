import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const workspaceRoot = join(packageRoot, '../..');
const notPacked = new Set(['bench', 'dist', 'node_modules']);

/** A scratch copy of the workspace with this package alone, so that packing disturbs nobody who imports it. */
export function copyWorkspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'heap-snapshot-pack-'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ private: true, workspaces: ['packages/*'] }));
  cpSync(join(workspaceRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
  mkdirSync(join(root, 'packages'));
  cpSync(packageRoot, join(root, 'packages/heap-snapshot'), {
    recursive: true,
    filter: (path) => !notPacked.has(basename(path)),
  });
  symlinkSync(join(workspaceRoot, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Packs the package in a scratch workspace as `npm pack -w` does, and returns the tarball's path. */
export function packTarball(root: string): string {
  npm(['pack', '--workspace', 'packages/heap-snapshot', '--pack-destination', root], root);
  const name = readdirSync(root).find((file) => file.endsWith('.tgz'));
  if (!name) throw new Error(`expected npm pack to leave a .tgz in ${root}, found none`);
  return join(root, name);
}

/** Installs a tarball into a new, empty project, with no registry at hand, and returns the project's folder. */
export function installTarball(tarball: string): string {
  const project = mkdtempSync(join(tmpdir(), 'heap-snapshot-install-'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  npm(['install', '--offline', '--no-audit', '--no-fund', tarball], project);
  return project;
}

/** Runs npm with the workspace's own programs (tsc, node) first on the path. */
export function npm(args: readonly string[], cwd: string): string {
  const path = [join(workspaceRoot, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  // Under `npm test` npm hands its settings down, the workspace's folder among them: they are not for this one.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(config|package)_/i.test(name));
  return execFileSync('npm', [...args], {
    cwd,
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
}
