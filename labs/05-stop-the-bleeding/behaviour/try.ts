import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readNote } from '../../../services/leaky-service/src/work/end-note.ts';
import { type LabLeak, purposes } from './purposes.ts';
import type { Failure, Word } from './words.ts';

/** How a file behaves: nothing failed where it does what the feature is there for. */
export interface Behaviour {
  readonly failures: readonly Failure[];
  /** How many expectations there are. */
  readonly expectations: number;
}

export interface TryOptions {
  readonly id: LabLeak;
  /** The learner's file, absolute. */
  readonly path: string;
  readonly signal?: AbortSignal;
}

/** All expectations together take some three seconds. */
const patience_ms = 30_000;
const flags = ['--expose-gc', '--max-old-space-size=256'];

/**
 * Tries whether the feature in a file still does what it is there for, in a process of its own: code that throws, never returns or
 * ends the process is a failure that says so, with its line. Rejects only where `signal` ends it.
 */
export async function tryBehaviour({ id, path, signal }: TryOptions): Promise<Behaviour> {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-behaviour-'));
  const note = join(folder, 'ended.json');
  const failures: Failure[] = [];
  let [underWay, isDone] = ['The file is loaded', false];
  try {
    const child = fork(new URL('./child.ts', import.meta.url), [id, path, note], {
      execArgv: flags,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (word: Word) => {
      if (word.kind === 'begins') underWay = word.expectation;
      else if (word.kind === 'failed') {
        // What fails for the same reason at the same place is told once.
        const { came, line } = word.failure;
        if (!failures.some((other) => other.came === came && other.line === line))
          failures.push(word.failure);
      }
      if (word.kind === 'done') isDone = true;
    });
    const kill = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', kill);
    const timer = setTimeout(kill, patience_ms);
    const [code, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
    signal?.throwIfAborted();
    if (!isDone) failures.push({ expectation: underWay, ...endOf(note, code, by), file: basename(path) });
    return { failures, expectations: purposes[id].expectations.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why the process ended before it had tried everything. */
function endOf(note: string, code: number | null, by: NodeJS.Signals | null): Pick<Failure, 'came' | 'line'> {
  const told = readNote(note);
  const outOfMemory = code === 134 || by === 'SIGABRT' ? ', most likely for want of memory' : '';
  if (told === undefined) return { came: `the process ended (${by ?? code})${outOfMemory}`, line: null };
  const words = {
    stuck: told.message,
    exit: `it called ${told.message}`,
    uncaught: `${told.message}, where nobody catches it`,
  };
  return { came: words[told.how], line: told.line };
}
