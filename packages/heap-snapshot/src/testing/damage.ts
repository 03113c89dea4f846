import { SnapshotError } from '../errors.ts';
import { prepare } from '../work/prepare.ts';

export type Outcome = 'read' | 'refused';

/** Reads bytes as a snapshot. Throws where reading fails in any other way than by a full {@link SnapshotError}. */
export function readDamaged(bytes: Uint8Array): Outcome {
  try {
    const source = { name: '(bytes)', from: { bytes } };
    prepare(source, { classesOnly: false, shapes: true, keepGraph: false });
    return 'read';
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    if (error.byte === undefined && error.field === undefined) throw error;
    if (!/expected|Expected/.test(error.message) || error.message.length > 1000) throw error;
    return 'refused';
  }
}

/** What bytes say as a snapshot; undefined where they are refused. */
export function figuresOf(bytes: Uint8Array): unknown {
  try {
    const source = { name: '(bytes)', from: { bytes } };
    const { digest, facts } = prepare(source, { classesOnly: false, shapes: true, keepGraph: false });
    const { ids, kinds, selfSizes, retainedSizes, length } = digest;
    return Array.from({ length }, (_, entry) => {
      const { className, properties } = facts.get(kinds[entry] as number) ?? {};
      return [ids[entry], className, properties, selfSizes[entry], retainedSizes?.[entry]];
    });
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return undefined;
  }
}

/** The bytes up to one place. */
export function cut(bytes: Uint8Array, random: () => number): Uint8Array {
  return bytes.subarray(0, Math.floor(random() * bytes.length));
}

/** The bytes with one of them another. */
export function flip(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = Math.floor(random() * copy.length);
  copy[at] = (copy[at] as number) ^ (1 << Math.floor(random() * 8));
  return copy;
}

/** The bytes without a part of up to a thousand of them. */
export function drop(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const length = 1 + Math.floor(random() * 1000);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
}
