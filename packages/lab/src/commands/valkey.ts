import { spawn } from 'node:child_process';
import { compose } from '../docker/docker.ts';
import { LabError } from '../lab-error.ts';
import { findLab, type RunningLab } from '../running-lab.ts';
import { valkeyAdvice } from '../valkey/choose.ts';
import { findOnPath } from '../valkey/find-server.ts';

/** What goes on until it is ended would go on in the container when nobody reads it any more. */
const longest_seconds = 120;
const inContainer = ['--profile', 'keys', 'exec', '-T', 'valkey', 'timeout', String(longest_seconds)];
const clients = ['valkey-cli', 'redis-cli'];

/** `./lab valkey WORDS`: asks the Valkey that the service may write to, by its own command line. Ends as that does. */
export async function valkey(words: readonly string[]): Promise<void> {
  const lab = findLab();
  process.exitCode =
    lab.embedded === undefined
      ? await compose([...inContainer, 'valkey-cli', ...words])
      : await runClient(['-u', addressIn(lab), ...words]);
}

function addressIn({ embedded, settings }: RunningLab): string {
  const address = settings.valkey_url ?? embedded?.valkey?.url;
  if (address !== undefined) return address;
  throw new LabError({
    problem: 'The lab has no Valkey.',
    expected: 'one that was found when it started',
    advice: `${valkeyAdvice}; then ./lab down and ./lab up`,
  });
}

function runClient(words: readonly string[]): Promise<number> {
  const client = findOnPath(clients);
  if (client === undefined)
    throw new LabError({
      problem: 'There is no command line for Valkey on this machine.',
      expected: `${clients.join(' or ')} on PATH`,
      advice: 'apt install valkey-tools (or redis-tools), brew install valkey',
    });
  const child = spawn(client, words, { stdio: 'inherit' });
  // What goes on until it is ended, as `monitor`, ends with this.
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGTERM', pass).on('SIGINT', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
