import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const bench = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const worker = resolve(
  bench,
  'node_modules/chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker',
);

/** Where the bundle is written: Chrome DevTools' heap worker as one module that Node can import. */
export const bundlePath = resolve(bench, 'build/devtools.mjs');

/** The package ships TypeScript but imports `.js`; and its list of locales is made by a build we do not run. */
const sources: Plugin = {
  name: 'devtools-sources',
  setup(bundler) {
    bundler.onResolve({ filter: /locales\.js$/ }, () => ({ path: 'locales', namespace: 'stub' }));
    bundler.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
      contents: `export const LOCALES = ['en-US']; export const BUNDLED_LOCALES = ['en-US'];
        export const DEFAULT_LOCALE = 'en-US'; export const REMOTE_FETCH_PATTERN = ''; export const LOCAL_FETCH_PATTERN = '';`,
    }));
    bundler.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir }) => {
      const typescript = resolve(resolveDir, path).replace(/\.js$/, '.ts');
      return existsSync(typescript) ? { path: typescript } : undefined;
    });
  },
};

/** Bundles DevTools' loader and snapshot classes, unchanged, for Node. */
export async function bundleDevTools(): Promise<void> {
  await build({
    stdin: {
      contents: `export * from './HeapSnapshot.ts'; export * from './HeapSnapshotLoader.ts';`,
      resolveDir: worker,
      loader: 'ts',
    },
    outfile: bundlePath,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'error',
    plugins: [sources],
  });
}
