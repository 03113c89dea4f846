import { readFileSync } from 'node:fs';
import { SnapshotError } from '../errors.ts';
import { isPlainFile } from '../read/spool.ts';
import { analyseDiff, analyseSummary } from './analyse.ts';
import { type Invocation, parseInvocation } from './arguments.ts';
import { helpText } from './help.ts';
import { progressLine } from './progress-line.ts';
import { escapeUnsafe } from './safe-text.ts';
import { UsageError } from './usage-error.ts';

/** Where the command writes. */
export interface CommandStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** How the command is ended from outside. */
export interface CommandEnd {
  readonly signal: AbortSignal;
  /** Has it end at once, with nothing tidied up; this thread may be blocked from then on. */
  endAtOnce(): void;
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
  { signal, endAtOnce }: CommandEnd,
): Promise<number> {
  const progress = progressLine(streams.stderr);
  try {
    const invocation = parseInvocation(args);
    if (invocation.command === 'help') return print(streams, helpText);
    if (invocation.command === 'version') return print(streams, `${version()}\n`);
    const thread = threadFor(invocation);
    if (thread === 'caller') endAtOnce();
    const work = { signal, thread, onProgress: progress.show };
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

/**
 * One piece of work over plain files is done in this thread: it leaves nothing behind, so a signal may end it at once.
 * Before a second piece the first one's memory must have gone, with its thread.
 */
function threadFor({ command, files, class_name, rules }: Invocation): 'caller' | 'worker' {
  const isOnePiece = command === 'summary' || (class_name === undefined && rules.length === 0);
  return isOnePiece && process.platform !== 'win32' && files.every(isPlainFile) ? 'caller' : 'worker';
}

function print({ stdout }: CommandStreams, text: string): number {
  stdout.write(text);
  return exitStatus.done;
}

function version(): string {
  // Two levels up both from the sources and from the JavaScript built of them.
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
