import { resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Makes one file each of the command and of its threads' program, in place of the JavaScript that tsc wrote there:
 * finding and loading some fifty modules takes longer than reading a small snapshot. What the library exports stays in
 * modules, and all of the declarations.
 */
const dist = resolve(process.argv[2] ?? 'dist');

await build({
  entryPoints: ['cli/main.js', 'work/worker.js'].map((file) => resolve(dist, file)),
  outbase: dist,
  outdir: dist,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  logLevel: 'warning',
});
