/** What a {@link SnapshotError} knows of the place that is wrong. */
export interface SnapshotErrorDetails {
  /** The path of the file, where there is one. */
  readonly path?: string | undefined;
  /** The field of the snapshot that is wrong, as in `snapshot.meta.node_fields`. */
  readonly field?: string | undefined;
  /** The offset, in bytes of the decoded file, at which reading failed. */
  readonly byte?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A snapshot that cannot be read. Its message names the file, the field or the byte, says what was
 * expected, what came, and what to do now.
 */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly path: string | undefined;
  readonly field: string | undefined;
  readonly byte: number | undefined;

  constructor(message: string, details: SnapshotErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.path = details.path;
    this.field = details.field;
    this.byte = details.byte;
  }
}
