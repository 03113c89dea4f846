import { spawn } from 'node:child_process';

/** Runs a script with the lab's own Node on this terminal; resolves with its exit code. */
export function runNode(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, as it has the same terminal; this process waits for its end.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const pass = () => void child.kill('SIGTERM');
  process.on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.removeListener('SIGINT', wait).removeListener('SIGTERM', pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
