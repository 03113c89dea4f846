// Opens a snapshot of more than 4 GB that comes as a stream, and prints what it found and the most memory it took.
import { Readable } from 'node:stream';
import { openSnapshot, retainingPaths } from '../index.ts';
import { sizeOf, vastParts } from './vast-file.ts';
import { heldByName } from './vast-graph.ts';

const chunk_bytes = 1024 * 1024;

const parts = vastParts(heldByName, { inNodes: 2.2e9, inEdges: 0.1e9, inStrings: 2.2e9 });

function* chunks(): Generator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part;
    else {
      const chunk = Buffer.alloc(chunk_bytes, part.byte);
      for (let left = part.length; left > 0; left -= chunk_bytes)
        yield chunk.subarray(0, Math.min(left, chunk_bytes));
    }
  }
}

await using snapshot = await openSnapshot(Readable.from(chunks()));
const { clusters } = await retainingPaths(snapshot, { class: 'Held' });
console.log(
  JSON.stringify({
    bytes: snapshot.info.file_bytes,
    expected_bytes: sizeOf(parts),
    classes: snapshot.classes().map(({ name, count, retained_bytes }) => [name, count, retained_bytes]),
    path: clusters[0]?.steps.map(({ holder, edge }) => `${holder}${edge}`),
    peak_bytes: process.resourceUsage().maxRSS * 1024,
  }),
);
