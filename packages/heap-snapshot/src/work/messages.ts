import type { Shape } from '../classes/shapes.ts';
import { SnapshotError } from '../errors.ts';
import type { ShortestWays } from '../paths/breadth-first.ts';
import type { SnapshotObject } from '../snapshot.ts';
import type { ClassPaths, ClassSummary, PathTarget, Progress, SnapshotDiff, SnapshotInfo } from '../types.ts';
import type { SharedMemory } from '../web-assembly.ts';
import type { DiffJobOptions } from './diff-job.ts';
import type { HandOver } from './hand-over.ts';
import type { Earlier, PrepareOptions } from './prepare.ts';
import type { WorkSource } from './sources.ts';
import type { WaysJob } from './ways-job.ts';

/** What a worker is started with. */
export type Job =
  | {
      readonly kind: 'diff';
      readonly sources: readonly WorkSource[];
      readonly options: DiffJobOptions;
      readonly oneByOne: boolean;
    }
  | {
      readonly kind: 'prepare';
      readonly sources: readonly WorkSource[];
      readonly options: PrepareOptions;
      /** For graphs, beside that of the snapshot which they are compared with. */
      readonly memory: SharedMemory | undefined;
      /** See {@link HandOver}. */
      readonly handOver: HandOver['words'];
    }
  | { readonly kind: 'open'; readonly source: WorkSource; readonly options: PrepareOptions };

/** What it says while it works, and in the end. */
export type Report =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'diff'; readonly diff: SnapshotDiff }
  | { readonly kind: 'prepared'; readonly prepared: readonly Earlier[] }
  | { readonly kind: 'ways'; readonly ways: ShortestWays }
  | { readonly kind: 'opened'; readonly info: SnapshotInfo; readonly classes: readonly ClassSummary[] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: PlainError }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** What the thread that prepares earlier snapshots waits for then. */
export type Request =
  /** The last one's shapes: classes are named by them. */
  | { readonly kind: 'shapes'; readonly shapes: readonly Shape[] }
  | { readonly kind: 'ways'; readonly job: WaysJob };

/** What an open snapshot is asked. */
export type Question =
  | { readonly kind: 'objects'; readonly name: string; readonly top: number }
  | { readonly kind: 'object'; readonly id: number }
  | { readonly kind: 'paths'; readonly target: PathTarget; readonly clusters: number };

export type Answer = readonly SnapshotObject[] | SnapshotObject | ClassPaths | undefined;

/** An error as it goes from thread to thread: their own classes do not survive that. */
export interface PlainError {
  readonly isSnapshotError: boolean;
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly path: string | undefined;
  readonly field: string | undefined;
  readonly byte: number | undefined;
}

export function toPlain(error: unknown): PlainError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const { path, field, byte } = error instanceof SnapshotError ? error : ({} as Partial<SnapshotError>);
  return { isSnapshotError: error instanceof SnapshotError, name, message, stack, path, field, byte };
}

export function fromPlain(plain: PlainError): Error {
  if (plain.isSnapshotError) return new SnapshotError(plain.message, plain);
  const error = new Error(plain.message);
  error.name = plain.name;
  if (plain.stack !== undefined) error.stack = plain.stack;
  return error;
}
