/** V8's sampling heap profile, as its protocol gives it and a `.heapprofile` file holds it. */
export interface HeapProfile {
  readonly head: HeapProfileNode;
  readonly samples: readonly HeapProfileSample[];
}

export interface HeapProfileNode {
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    /** Counted from 0; -1 where there is none. */
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly selfSize: number;
  readonly id: number;
  readonly children: readonly HeapProfileNode[];
}

export interface HeapProfileSample {
  /** Bytes of all objects it stands for. */
  readonly size: number;
  readonly nodeId: number;
  readonly ordinal: number;
}
