import { readFileSync } from 'node:fs';
import { SnapshotError } from '../errors.ts';
import { analyseDiff, analyseSummary } from './analyse.ts';
import { parseInvocation } from './arguments.ts';
import { helpText } from './help.ts';
import { progressLine } from './progress-line.ts';
import { escapeUnsafe } from './safe-text.ts';
import { UsageError } from './usage-error.ts';

/** Where the command writes. */
export interface CommandStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** What the command's exit status says. */
export const exitStatus = { done: 0, ruleBroken: 1, badInput: 2 } as const;

/**
 * Runs `heapdiff` and returns its exit status. Bad input is told on standard error and returns 2; what is
 * left to throw is a fault of ours, or the signal's reason.
 */
export async function run(
  args: readonly string[],
  streams: CommandStreams,
  signal: AbortSignal,
): Promise<number> {
  const progress = progressLine(streams.stderr);
  try {
    const invocation = parseInvocation(args);
    if (invocation.command === 'help') return print(streams, helpText);
    if (invocation.command === 'version') return print(streams, `${version()}\n`);
    const work = { signal, onProgress: progress.show };
    const working = (invocation.command === 'diff' ? analyseDiff : analyseSummary)(invocation, work);
    // Loaded while the other threads work.
    const [report, { render }] = await Promise.all([working, import('./render.ts')]);
    progress.clear();
    print(streams, render(report, invocation, streams.stdout));
    return report.kind === 'diff' && report.rules.some(({ broken }) => broken)
      ? exitStatus.ruleBroken
      : exitStatus.done;
  } catch (error) {
    progress.clear();
    if (!(error instanceof SnapshotError || error instanceof UsageError)) throw error;
    const hint = error instanceof UsageError ? '\nheapdiff --help shows how it is used.' : '';
    streams.stderr.write(`heapdiff: ${escapeUnsafe(error.message)}${hint}\n`);
    return exitStatus.badInput;
  }
}

function print({ stdout }: CommandStreams, text: string): number {
  stdout.write(text);
  return exitStatus.done;
}

function version(): string {
  // Two levels up both from the sources and from the JavaScript built of them.
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
