import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../lab-error.ts';
import { runNode } from './run-node.ts';

/** `./lab bench`: the measurements that `docs/benchmarks.md` shows. */
export async function bench(rest: readonly string[]): Promise<void> {
  const script = join(import.meta.dirname, '..', 'bench', 'main.ts');
  if (!existsSync(script)) {
    throw new LabError({
      problem: 'There is no benchmark in this version.',
      expected: script,
      advice: 'git pull',
    });
  }
  process.exitCode = await runNode([script, ...rest]);
}
