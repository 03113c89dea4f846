import type { HeapProfile, HeapProfileNode, HeapProfileSample } from '../protocol.ts';
import type { AllocatedStack, Frame } from '../v8-profile.ts';

interface GrowingNode extends HeapProfileNode {
  selfSize: number;
  readonly children: GrowingNode[];
}

/** Stacks as the tree that Chrome DevTools opens from a `.heapprofile` file; each stack is one sample of it. */
export function heapProfileOf(stacks: readonly AllocatedStack[]): HeapProfile {
  const head = nodeFor({ name: '(root)', url: '', line: 0, column: 0 }, 1);
  const samples: HeapProfileSample[] = [];
  const childOf = new Map<string, GrowingNode>();
  let nodes = 1;
  for (const { frames, size_bytes } of stacks) {
    let node = head;
    for (const frame of frames.toReversed()) {
      const key = `${node.id} ${frame.url}:${frame.line}:${frame.column}:${frame.name}`;
      let child = childOf.get(key);
      if (!child) {
        nodes += 1;
        child = nodeFor(frame, nodes);
        childOf.set(key, child);
        node.children.push(child);
      }
      node = child;
    }
    node.selfSize += size_bytes;
    samples.push({ size: size_bytes, nodeId: node.id, ordinal: samples.length + 1 });
  }
  return { head, samples };
}

function nodeFor({ name, url, line, column }: Frame, id: number): GrowingNode {
  const callFrame = {
    functionName: name,
    scriptId: '0',
    url,
    lineNumber: line - 1,
    columnNumber: column - 1,
  };
  return { callFrame, selfSize: 0, id, children: [] };
}
