import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Where the built page lies: `index.html` (ask again each time) and `assets/` (named by content: never changes). */
export const webDirectory = join(folder, 'dist');

/** What the page may weigh, gzipped, all scripts together. */
export const scriptLimit_bytes = 120 * 1024;

export interface BuiltPage {
  readonly directory: string;
  readonly script_gzip_bytes: number;
  readonly seconds: number;
}

/** Bundles the page into `directory`. Throws with esbuild's words where a source is wrong. */
export async function buildWeb(directory: string = webDirectory): Promise<BuiltPage> {
  const begun_ms = performance.now();
  const { metafile, outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: { app: 'src/main.tsx', theme: 'src/theme/before-paint.ts', style: 'src/style/index.css' },
    outdir: join(directory, 'assets'),
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome110', 'firefox110', 'safari16'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // A map of its own file: asked for by developer tools only.
    sourcemap: 'linked',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const names = new Map(
    Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
      entryPoint === undefined ? [] : [[entryPoint, basename(path)] as const],
    ),
  );
  const named = (source: string) => `assets/${names.get(source)}`;
  const icon = readFileSync(join(folder, 'src/icon.svg'));
  const iconName = `assets/icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`;
  const page = readFileSync(join(folder, 'src/index.html'), 'utf8')
    .replace('{theme}', named('src/theme/before-paint.ts'))
    .replace('{script}', named('src/main.tsx'))
    .replace('{style}', named('src/style/index.css'))
    .replace('{icon}', iconName);

  const assets = join(directory, 'assets');
  mkdirSync(assets, { recursive: true });
  const kept = new Set([basename(iconName), ...outputFiles.map(({ path }) => basename(path))]);
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  writeFileSync(join(directory, iconName), icon);
  // Last: a page never names an asset that is not there yet.
  writeFileSync(join(directory, 'index.html'), page);
  for (const name of readdirSync(assets)) if (!kept.has(name)) rmSync(join(assets, name));

  const scripts = outputFiles.filter(({ path }) => path.endsWith('.js'));
  return {
    directory,
    script_gzip_bytes: scripts.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0),
    seconds: (performance.now() - begun_ms) / 1000,
  };
}

/** Whether a source is newer than the built page, or there is none. */
export function isStale(directory: string = webDirectory): boolean {
  const built_ms = modifiedAt(join(directory, 'index.html'));
  const sources = readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true });
  const contract = readdirSync(join(folder, '../src/api/contract'), { withFileTypes: true });
  const files = [...sources, ...contract]
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return [join(folder, '../src/api/contract.ts'), import.meta.filename, ...files].some(
    (file) => modifiedAt(file) > built_ms,
  );
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (import.meta.main) {
  const { script_gzip_bytes, seconds } = await buildWeb();
  process.stdout.write(
    `Built the page in ${seconds.toFixed(2)} s: scripts ${(script_gzip_bytes / 1024).toFixed(1)} KB gzipped.\n`,
  );
  if (script_gzip_bytes > scriptLimit_bytes) {
    process.stderr.write(`Expected at most ${scriptLimit_bytes / 1024} KB.\n`);
    process.exitCode = 1;
  }
}
