import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleDevTools } from '../devtools/bundle.ts';

export const bench = fileURLToPath(new URL('../..', import.meta.url));
const packageRoot = resolve(bench, '..');
const built = resolve(bench, 'build/heapdiff');
const heapdiff = resolve(built, 'dist/cli/main.js');
const devtools = ['--max-old-space-size=16000', resolve(bench, 'src/devtools/run.ts')];

/** The programs compared, each as the arguments Node is started with. */
export const tools = {
  /** What whoever installs the package runs: the JavaScript built of it. */
  heapdiff: (...args: string[]) => [heapdiff, ...args],
  devtoolsDiff: (a: string, b: string) => [...devtools, 'diff', a, b],
  devtoolsLoad: (file: string) => [...devtools, 'load', file],
  /** With the flags that its own command gives Node. */
  memlab: (a: string, b: string, c: string) => [
    '--expose-gc',
    '--max-old-space-size=4096',
    resolve(bench, 'node_modules/memlab/bin/memlab'),
    ...['find-leaks', '--baseline', a, '--target', b, '--final', c, '--work-dir', '{scratch}'],
  ],
  jsonParse: (file: string) => [
    '--max-old-space-size=16000',
    '--eval',
    'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))',
    file,
  ],
};

/** Bundles DevTools' worker, and builds the package as it is published. */
export async function prepareTools(): Promise<void> {
  await bundleDevTools();
  const tsc = resolve(packageRoot, '../../node_modules/.bin/tsc');
  const project = resolve(packageRoot, 'tsconfig.build.json');
  const dist = resolve(built, 'dist');
  execFileSync(tsc, ['--project', project, '--outDir', dist], { stdio: 'inherit' });
  execFileSync(process.execPath, [resolve(packageRoot, 'build/bundle.ts'), dist], { stdio: 'inherit' });
  cpSync(resolve(packageRoot, 'package.json'), resolve(built, 'package.json'));
}

/** The peers and their versions, as installed. */
export function peerVersions(): Record<string, string> {
  const version = (name: string) =>
    JSON.parse(readFileSync(resolve(bench, 'node_modules', name, 'package.json'), 'utf8')).version;
  return { 'chrome-devtools-frontend': version('chrome-devtools-frontend'), memlab: version('memlab') };
}
