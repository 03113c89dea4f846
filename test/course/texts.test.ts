import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { root } from '../../packages/lab/src/settings.ts';
import { startOwnServer } from '../texts/own-server.ts';
import { readText } from '../texts/read-text.ts';
import { runText } from '../texts/run-text.ts';
import type { Terminal } from '../texts/terminal.ts';

/** The longest takes three; one that waits for what does not come is to say so before the time is over. */
const most_ms = 10 * 60_000;

const pages = globSync(['docs/**/*.md', 'labs/README.md'], { cwd: root }).filter((file) =>
  readText(readFileSync(join(root, file), 'utf8')).some(({ kind }) => kind === 'commands'),
);

async function labUp(terminal: Terminal): Promise<void> {
  const { code, output } = await terminal.run('./lab up --detach');
  if (code !== 0) throw new Error(`./lab up ended with ${code}, expected 0.\n${output}`);
}

// Each in a network of its own, where the system has that; most of the time they wait.
it.concurrent('README.md runs as printed, without Docker', { timeout: most_ms }, () =>
  runText('README.md', { mode: 'embedded', before: startOwnServer }),
);

it.concurrent('the pages in docs run as printed', { timeout: most_ms }, async () => {
  for (const file of pages) await runText(file, { mode: 'embedded', before: labUp });
});
