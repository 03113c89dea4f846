import type { HeapProfile, HeapProfileNode } from './protocol.ts';

/** One function on a stack, as V8 names it. */
export interface Frame {
  /** `''` where it has no name. */
  readonly name: string;
  /** `file:` or `node:` URL, or `''` for what is built in. */
  readonly url: string;
  /** Where the function begins, counted from 1; 0 for what is built in. */
  readonly line: number;
  readonly column: number;
}

/** What one sample stands for. */
export interface Sample {
  /** Rises with each sample of one profile: the same number is the same object. */
  readonly ordinal: number;
  /** Bytes of all objects that this one stands for. */
  readonly size_bytes: number;
  /** How many objects this one stands for. */
  readonly count: number;
}

/** Samples of one stack. */
export interface SampledStack {
  /** The function that allocated first, the outermost last. */
  readonly frames: readonly Frame[];
  readonly samples: readonly Sample[];
}

/** What some part of the code has allocated. */
export interface Amount {
  size_bytes: number;
  /** Objects, estimated from the samples. */
  count: number;
  /** How many objects were really looked at: below ten or so the figures are rough. */
  samples: number;
}

export function addAmount(to: Amount, more: Amount): void {
  to.size_bytes += more.size_bytes;
  to.count += more.count;
  to.samples += more.samples;
}

/** The sum of the samples of one stack. */
export interface AllocatedStack extends Amount {
  readonly frames: readonly Frame[];
}

export function sumSamples({ frames, samples }: SampledStack): AllocatedStack {
  const stack: AllocatedStack = { frames, size_bytes: 0, count: 0, samples: samples.length };
  for (const { size_bytes, count } of samples) {
    stack.size_bytes += size_bytes;
    stack.count += count;
  }
  return stack;
}

/** Turns V8's tree of calls into stacks that have samples. `countOf` tells how many objects a sample stands for. */
export function stacksOf(
  { head, samples }: HeapProfile,
  countOf: (scaled_bytes: number) => number,
): SampledStack[] {
  const ofNode = Map.groupBy(samples, ({ nodeId }) => nodeId);
  const stacks: SampledStack[] = [];
  const walk = (node: HeapProfileNode, outer: readonly Frame[]): void => {
    const frames = node === head ? outer : [frameOf(node.callFrame), ...outer];
    const own = ofNode.get(node.id);
    if (own) {
      stacks.push({
        frames,
        samples: own.map(({ ordinal, size }) => ({ ordinal, size_bytes: size, count: countOf(size) })),
      });
    }
    for (const child of node.children) walk(child, frames);
  };
  walk(head, []);
  return stacks;
}

function frameOf({ functionName, url, lineNumber, columnNumber }: HeapProfileNode['callFrame']): Frame {
  return { name: functionName, url, line: lineNumber + 1, column: columnNumber + 1 };
}
