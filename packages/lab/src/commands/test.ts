import { join } from 'node:path';
import { root } from '../settings.ts';
import { runNode } from './run-node.ts';

export interface TestOptions {
  readonly stack?: boolean;
  readonly course?: boolean;
  readonly soak?: string | boolean;
}

/** `./lab test`: the tiers of tests, by Vitest's projects; what follows `--` is Vitest's. */
export async function test(rest: readonly string[], options: TestOptions): Promise<void> {
  const projects = projectsOf(options).flatMap((name) => ['--project', name]);
  const filter = typeof options.soak === 'string' ? [options.soak] : [];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  process.exitCode = await runNode([vitest, 'run', '--root', root, ...projects, ...filter, ...rest]);
}

/** The tiers asked for; without a word the two that need nothing but this machine. */
export function projectsOf({ stack, course, soak }: TestOptions): string[] {
  const asked = [stack && 'stack', course && 'course', soak && 'soak'].filter(
    (name) => typeof name === 'string',
  );
  return asked.length > 0 ? asked : ['unit', 'embedded'];
}
