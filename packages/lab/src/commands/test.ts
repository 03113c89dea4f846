import { join } from 'node:path';
import { root } from '../settings.ts';
import { runNode } from './run-node.ts';
import { soakFile } from './soak-parts.ts';

export interface TestOptions {
  readonly stack?: boolean;
  readonly course?: boolean;
  readonly soak?: string | boolean;
}

/** `./lab test`: the tiers of tests, by Vitest's projects; what follows `--` is Vitest's. */
export async function test(rest: readonly string[], options: TestOptions): Promise<void> {
  const projects = projectsOf(options).flatMap((name) => ['--project', name]);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [...projects, ...filesOf(options), ...rest];
  process.exitCode = await runNode([vitest, 'run', '--root', root, ...args]);
}

/** The tiers asked for; without a word the two that need nothing but this machine. */
export function projectsOf({ stack, course, soak }: TestOptions): string[] {
  const asked = [stack && ['stack', 'stack-alone'], course && ['course'], soak && ['soak']].flatMap(
    (names) => names || [],
  );
  return asked.length > 0 ? asked : ['unit', 'modules', 'embedded'];
}

/** Where one part of the soak is asked for, its file and the folders of the other tiers; else nothing: all files. */
export function filesOf({ stack, course, soak }: TestOptions): string[] {
  if (typeof soak !== 'string') return [];
  const others = [stack && 'test/stack/', course && 'test/course/'].filter(
    (name) => typeof name === 'string',
  );
  return [soakFile(soak), ...others];
}
