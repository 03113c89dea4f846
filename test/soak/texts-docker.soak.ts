import { expect, it } from 'vitest';
import { startOwnServer } from '../texts/own-server.ts';
import { runText } from '../texts/run-text.ts';
import type { Terminal } from '../texts/terminal.ts';
import { writeFigures } from './figures.ts';

/** The stack, answering, and the reader's own server. */
async function stackUp(terminal: Terminal): Promise<void> {
  expect(await terminal.run('./lab up --docker')).toMatchObject({ code: 0 });
  await startOwnServer(terminal);
}

it('README.md runs as printed, on Docker', async () => {
  const begun_ms = performance.now();
  let commands = 0;
  const afterEach = async () => {
    commands += 1;
  };
  await runText('README.md', { mode: 'docker', before: stackUp, afterEach });
  writeFigures('texts-docker', 'README.md as printed, on Docker', [
    `${commands} commands that end, each with what it prints, in ${((performance.now() - begun_ms) / 1000).toFixed(0)} s, and those that go on until Ctrl-C: all as shown.`,
  ]);
});
