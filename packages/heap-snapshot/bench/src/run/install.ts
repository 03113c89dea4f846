import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Installs the peers from their lockfile, if that has not been done. */
export function installPeers(): void {
  const bench = fileURLToPath(new URL('../..', import.meta.url));
  if (existsSync(`${bench}/node_modules`)) return;
  const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' };
  execFileSync('npm', ['ci'], { cwd: bench, env, stdio: 'inherit' });
}
