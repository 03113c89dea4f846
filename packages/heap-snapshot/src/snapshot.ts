import type { ClassSummary, SnapshotInfo, SourceLocation } from './types.ts';

/** One object of a snapshot. */
export interface SnapshotObject {
  readonly id: number;
  readonly type: string;
  readonly class_name: string;
  /** A string's text, a function's name; else the class. */
  readonly name: string;
  readonly self_bytes: number;
  readonly retained_bytes: number | null;
  readonly location: SourceLocation | undefined;
}

/** A snapshot that has been read. Holds typed arrays (about 40 bytes a node and 8 an edge) until it is let go. */
export interface Snapshot {
  readonly info: SnapshotInfo;
  /** Every class, the greatest by retained (else own) bytes first. */
  classes(): readonly ClassSummary[];
  /** Objects of a class (by name or key), the greatest first. */
  objectsOf(classNameOrKey: string, top?: number): readonly SnapshotObject[];
  /** The object with this id, as DevTools shows it after `@`. */
  object(id: number): SnapshotObject | undefined;
  /** Closes the file that strings and edge names are read from. The snapshot is of no use afterwards. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
