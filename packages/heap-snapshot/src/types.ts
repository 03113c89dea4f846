import type { Readable } from 'node:stream';

/** A snapshot to read: a path, a stream or bytes; gzip and zstd are known by their first bytes. */
export type SnapshotSource = string | URL | Readable | Uint8Array;

/** Where work stands; `ratio` rises from 0 to 1 over the whole of a call. */
export interface Progress {
  readonly stage: 'reading' | 'dominators' | 'classes' | 'diff' | 'paths';
  /** Which of the given snapshots, from 0. */
  readonly snapshot: number;
  readonly ratio: number;
}

/** What every call that takes long understands. */
export interface WorkOptions {
  /** Ends the work: the promise rejects with the signal's reason and the worker is gone. */
  readonly signal?: AbortSignal | undefined;
  /** Called some ten times a second at most. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * `'fast'` works on the files side by side; `'low'` on one after the other, in three quarters of the memory;
   * `'auto'` (the default) takes `'low'` where the process's memory limit is near.
   */
  readonly memory?: 'auto' | 'fast' | 'low' | undefined;
  /**
   * Where the work is done: `'worker'` (the default) leaves the caller's thread free; `'caller'` blocks it, saves a
   * thread's memory and start, and looks at `signal` between steps only. For commands.
   */
  readonly thread?: 'worker' | 'caller' | undefined;
}

/** What to compute. */
export interface AnalysisOptions extends WorkOptions {
  /**
   * Counts and own sizes only: no dominators, no retained sizes, no paths. The fastest. Edges are neither read nor
   * checked; what is wrong in them alone does not show, and does not touch the counts.
   */
  readonly classesOnly?: boolean | undefined;
  /** Split plain objects by their properties, `{id, body, …}`, as DevTools does. Default: true. */
  readonly shapes?: boolean | undefined;
}

/** A place in a script. `line` and `column` count from 1; 0 and less is ahead of it, in code that a module was wrapped in. */
export interface SourceLocation {
  readonly script_id: number;
  /** The script's name or URL, where the snapshot holds it. */
  readonly script: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** How much there is of a class in one snapshot. */
export interface ClassSize {
  readonly count: number;
  /** Sum of the objects' own sizes (DevTools: shallow size). */
  readonly self_bytes: number;
  /** What would be freed with them; objects held by others of the class are not counted twice. Null with `classesOnly`. */
  readonly retained_bytes: number | null;
}

/** One class of one snapshot. */
export interface ClassSummary extends ClassSize {
  /** The same for the same class in every snapshot of a process. */
  readonly key: string;
  readonly name: string;
  /** Of the constructor, where the snapshot has it. */
  readonly location: SourceLocation | undefined;
}

/** One snapshot as a whole. */
export interface SnapshotInfo {
  /** The path, or `(stream)`, `(bytes)`. */
  readonly source: string;
  /** Size of the decoded file. */
  readonly file_bytes: number;
  readonly node_count: number;
  readonly edge_count: number;
  /** Sum of all own sizes. */
  readonly self_bytes: number;
}

/** A set of objects of one class. */
export interface ObjectSet {
  readonly count: number;
  readonly self_bytes: number;
}

/** One class over two or more snapshots. */
export interface ClassDiff {
  readonly key: string;
  readonly name: string;
  readonly location: SourceLocation | undefined;
  /** One for each snapshot, in their order. */
  readonly sizes: readonly ClassSize[];
  /** Objects of the last snapshot that the first lacks, by id. */
  readonly added: ObjectSet;
  /** Objects of the first snapshot that the last lacks. */
  readonly deleted: ObjectSet;
  /** Objects of both that hold more in the last, and by how much in all. */
  readonly grown: {
    readonly count: number;
    readonly self_bytes: number;
    readonly retained_bytes: number | null;
  };
  readonly count_delta: number;
  readonly self_bytes_delta: number;
  /** Null with `classesOnly`. */
  readonly retained_bytes_delta: number | null;
  /**
   * For three or more snapshots, memlab's set: objects absent in the first, present in the second and alive in
   * the last. Undefined for two.
   */
  readonly survivors: (ObjectSet & { readonly retained_bytes: number | null }) | undefined;
  /** How the count went from snapshot to snapshot. */
  readonly trend: Trend;
}

/** `grew`: at every step. `shrank`: at every step. `flat`: the same throughout. `noisy`: anything else. */
export type Trend = 'grew' | 'shrank' | 'flat' | 'noisy';

/** One step of a retaining path: `edge` of `holder` leads to the next step's holder, the last one's to the object. */
export interface PathStep {
  /** Name of the holder: its class, or what it says of itself (`(GC roots)`, a function's name). */
  readonly holder: string;
  readonly holder_id: number;
  readonly holder_type: string;
  /** As DevTools writes it: `.name`, `[12]`, `->closureVariable`, `{internal}`. */
  readonly edge: string;
  /** Where the holder is a function or has a constructor with a place in a script. */
  readonly location: SourceLocation | undefined;
  /** How many times this step repeats (a linked list's `.next`), 1 mostly. */
  readonly repeats: number;
}

/** One way in which objects of a class are held: one path stands for all that are alike. */
export interface PathCluster {
  /** From a root to the representative object; never through a weak edge. */
  readonly steps: readonly PathStep[];
  /** The representative object. */
  readonly object_id: number;
  readonly count: number;
  readonly self_bytes: number;
  /** Of the class's bytes (retained where known, else own), from 0 to 1. */
  readonly share: number;
}

/** How the objects of a class are held. */
export interface ClassPaths {
  readonly key: string;
  readonly name: string;
  /** The objects looked at. */
  readonly count: number;
  /** Objects no strong path leads to: kept by weak edges only, or by none. */
  readonly unreachable: number;
  /** By share of bytes, the greatest first. */
  readonly clusters: readonly PathCluster[];
}

/** A collection that grew from each snapshot to the next. */
export interface GrowingCollection {
  readonly kind: 'Map' | 'Set' | 'Array' | 'Object' | 'WeakMap' | 'WeakSet' | 'listeners';
  readonly object_id: number;
  /** Its nearest owner by name: the class and the property, `RequestHistory.records`. */
  readonly owner: string;
  readonly owner_location: SourceLocation | undefined;
  /**
   * Entries in each snapshot, in their order. Those of the last are counted, numbers and the like left out; of
   * earlier ones by which of these were there then.
   */
  readonly entries: readonly number[];
  readonly retained_bytes: readonly (number | null)[];
  readonly steps: readonly PathStep[];
}

/** What changed between two or more snapshots. */
export interface SnapshotDiff {
  readonly snapshots: readonly SnapshotInfo[];
  /** False where the snapshots seem to come from different processes: then only classes are compared, ids are not. */
  readonly same_process: boolean;
  /** What a reader should know: different processes, the same file twice. */
  readonly warnings: readonly string[];
  /** Sorted by what matters: growth in retained bytes (own bytes with `classesOnly`), then in count. */
  readonly classes: readonly ClassDiff[];
  /** For the classes that grew most (or those asked for); empty with `classesOnly`. */
  readonly paths: readonly ClassPaths[];
  /** Empty with `classesOnly`. */
  readonly growing: readonly GrowingCollection[];
}

export interface DiffOptions extends AnalysisOptions {
  /** Only classes whose name passes: a part of it, or an expression. */
  readonly filter?: string | RegExp | undefined;
  /** Only the first N classes. */
  readonly top?: number | undefined;
  /** For how many of the first classes to find paths (default 10), or for which names. */
  readonly paths?: number | readonly string[] | undefined;
  /** Path clusters for each class (default 5). */
  readonly clusters?: number | undefined;
}

export interface PathOptions extends WorkOptions {
  /** Clusters returned for each class, default 5. */
  readonly clusters?: number | undefined;
}

/** What paths are asked for: a class by name or key, or objects by id. */
export type PathTarget = { readonly class: string } | { readonly ids: readonly number[] };
