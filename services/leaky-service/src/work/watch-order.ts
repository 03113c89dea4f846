/** The exit code of a process that the learner's code did not give back: "internal software error" in sysexits.h. */
export const stuckExitCode = 70;

/** Where a process leaves word of why it ended. */
export interface EndPlaces {
  /** For the next process: a file. */
  readonly note: string | undefined;
  /** For whoever watches from outside: a folder. */
  readonly endings: string | undefined;
}

/** How a process is watched while it runs the learner's code. */
export interface Watching extends EndPlaces {
  /** How long the loop may stand still in that code before the process is ended. */
  readonly patience_ms: number;
}

/** What the watching thread is given. */
export interface WatchOrder extends Watching {
  readonly kind: 'stuck-watch';
  /** Counts up while the loop turns; then whether control is in the learner's code. */
  readonly shared: SharedArrayBuffer;
  /** URL of the folder of the learner's code. */
  readonly folder: string;
  /** Of the process, ISO 8601. */
  readonly started_at: string;
}
