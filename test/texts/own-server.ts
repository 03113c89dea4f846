import type { Terminal } from './terminal.ts';

const server = `require('http').createServer((_, answer) => answer.end('ok')).listen(3000)`;

/** The reader's own server, of which the README says that it listens at port 3000; it ends with the terminal. */
export async function startOwnServer(terminal: Terminal): Promise<void> {
  terminal.start(`node -e "${server}"`);
  const { code, output } = await terminal.run(
    'curl -s --retry-connrefused --retry 50 --retry-delay 1 localhost:3000',
  );
  if (code !== 0) throw new Error(`Expected a server of one's own to answer at port 3000: ${output}`);
}
