import type { Digest } from '../dominators/digest.ts';
import { type GraphRoom, inParts } from '../graph/graph-room.ts';
import type { Scratch } from '../graph/scratch.ts';
import { type ClassSums, sumClasses } from './class-table.ts';

/** Bytes of a class's record; see scanner/graph/sums.ts. */
const record_bytes = 32;

/**
 * What {@link sumClasses} does for a snapshot whose graph was kept: in its room, where it has one. `classOfEntry` is a slot
 * then, or left out.
 */
export function sumLast(
  { digest, scratch }: { readonly digest: Digest; readonly scratch: Scratch | undefined },
  classOfKind: Int32Array,
  classCount: number,
  classOfEntry?: Int32Array,
): ClassSums {
  const room = scratch?.graphRoom;
  const records_bytes = record_bytes * classCount;
  if (!room || records_bytes + classOfKind.byteLength > room.places.stack_bytes)
    return sumClasses(digest, classOfKind, classCount, classOfEntry);
  const { stack } = room.places;
  const kindsAt = stack + records_bytes;
  room.words(stack, records_bytes >>> 2).fill(0);
  room.words(kindsAt, classOfKind.length).set(classOfKind);
  inParts(0, digest.length, (from, to) =>
    room.loops.sumEntries(from, to, digest.length, kindsAt, stack, classOfEntry?.byteOffset ?? 0),
  );
  return readRecords(room, stack, classCount);
}

function readRecords(room: GraphRoom, records: number, classCount: number): ClassSums {
  const all = new Float64Array(room.memory.buffer, records, (record_bytes / 8) * classCount);
  const column = (index: number) =>
    Float64Array.from({ length: classCount }, (_, number) => all[4 * number + index] as number);
  return { counts: column(0), self_bytes: column(1), retained_bytes: column(2) };
}
