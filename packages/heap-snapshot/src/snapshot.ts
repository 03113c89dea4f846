import type { ClassPaths, ClassSummary, PathTarget, SnapshotInfo, SourceLocation } from './types.ts';

/** One object of a snapshot. */
export interface SnapshotObject {
  readonly id: number;
  readonly type: string;
  readonly class_name: string;
  /** A string's text, a function's name; else the class. Cut where it is long. */
  readonly name: string;
  readonly self_bytes: number;
  readonly retained_bytes: number | null;
  readonly location: SourceLocation | undefined;
}

/** A snapshot that has been read. It is kept in a thread of its own, which {@link Snapshot.close} ends. */
export interface Snapshot {
  readonly info: SnapshotInfo;
  /** Every class, the greatest by retained (else own) bytes first. */
  classes(): readonly ClassSummary[];
  /** Objects of a class (by name or key), the greatest first. */
  objectsOf(classNameOrKey: string, top?: number): Promise<readonly SnapshotObject[]>;
  /** The object with this id, as DevTools shows it after `@`; undefined where it is not there or has no size. */
  object(id: number): Promise<SnapshotObject | undefined>;
  /** See {@link retainingPaths}. */
  paths(target: PathTarget, clusters: number, signal: AbortSignal | undefined): Promise<ClassPaths>;
  /** Lets go of all of it. The snapshot is of no use afterwards. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
