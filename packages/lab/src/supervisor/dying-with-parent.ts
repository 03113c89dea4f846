import { spawnSync } from 'node:child_process';

/**
 * A command that the kernel ends when the supervisor is gone, however that ended: for programs that do not hear a channel
 * being closed. Where the system has no means for it, the next `./lab up` or `down` ends what was left.
 */
export function dyingWithParent(command: readonly string[]): readonly string[] {
  const wrapped = ['setpriv', '--pdeathsig', 'SIGKILL', '--'];
  const [tool = '', ...options] = wrapped;
  return spawnSync(tool, [...options, 'true']).status === 0 ? [...wrapped, ...command] : command;
}
