import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whyNotFree } from '../../packages/lab/src/ports/free-port.ts';
import { root } from '../../packages/lab/src/settings.ts';

/** `./lab` installs what is not there; under a test run that would take the packages away from it. */
export function refuseToInstall(): void {
  const current = execFileSync('sh', ['-c', 'printf "%s %s" "$(uname -sm)" "$(cksum <package-lock.json)"'], {
    cwd: root,
    encoding: 'utf8',
  });
  const stamp = join(root, 'node_modules/.lab-stamp');
  let installed: string | undefined;
  try {
    installed = readFileSync(stamp, 'utf8').trim();
  } catch {}
  if (installed === current) return;
  throw new Error(
    `The packages are not those of package-lock.json by ${stamp}: ./lab would install them under this run. Call ./lab --version once.`,
  );
}

/** The ports that a text's commands name, where its network is this machine's. */
export async function expectFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const why = await whyNotFree(port);
    if (why === undefined) continue;
    throw new Error(
      `Port ${port} is not free (${why}), and the text's commands name it. Stop what listens there: ./lab down`,
    );
  }
}

/** On Docker a text's commands are those of the project `leak-lab`, and its last ones remove what that has recorded. */
export function expectNoRecord(): void {
  const args = ['volume', 'ls', '--quiet', '--filter', 'label=com.docker.compose.project=leak-lab'];
  const volumes = execFileSync('docker', args, { encoding: 'utf8' }).trim();
  if (volumes === '') return;
  throw new Error(
    `The stack leak-lab has been used here, and a text on Docker would go on with what it recorded and remove it: ${volumes.split('\n').join(', ')}. Keep what you need (./lab evidence), then: docker compose down -v`,
  );
}
