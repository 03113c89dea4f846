import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * In the workspace the package's entry points are its TypeScript sources; whoever installs it needs the
 * JavaScript built of them, since Node strips no types under `node_modules`. npm packs `package.json` as it
 * stands on disk and applies no `publishConfig.exports`, so `prepack` puts the published form in its place
 * and `postpack` brings back the other. npm runs both in the package's folder.
 */
const manifest = resolve('package.json');
const kept = resolve('.package.json.workspace');

const [step] = process.argv.slice(2);
// A pack that was broken off leaves the workspace's form behind: it is the one to start from.
if (existsSync(kept)) renameSync(kept, manifest);
if (step === 'publish') {
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(kept, text);
  writeFileSync(manifest, `${JSON.stringify(published(JSON.parse(text)), null, 2)}\n`);
} else if (step === 'clean') {
  rmSync('dist', { recursive: true, force: true });
} else if (step !== 'restore') {
  throw new Error(`expected clean, publish or restore, got ${step}`);
}

/** The manifest with every `./src/x.ts` turned to the JavaScript and the declarations built of it. */
function published(workspace: Record<string, unknown>): Record<string, unknown> {
  const { scripts: _scripts, devDependencies: _devDependencies, ...rest } = workspace;
  return {
    ...rest,
    exports: Object.fromEntries(Object.entries(rest['exports'] as Record<string, string>).map(builtExport)),
    ...(rest['bin'] !== undefined && {
      bin: Object.fromEntries(Object.entries(rest['bin'] as Record<string, string>).map(builtBin)),
    }),
  };
}

function builtExport([name, path]: [string, string]) {
  if (!path.endsWith('.ts')) return [name, path];
  return [name, { types: built(path, '.d.ts'), default: built(path, '.js') }];
}

function builtBin([name, path]: [string, string]) {
  return [name, built(path, '.js').replace('./', '')];
}

function built(path: string, extension: string): string {
  return path.replace('./src/', './dist/').replace(/\.ts$/, extension);
}
