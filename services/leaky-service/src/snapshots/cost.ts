import type { ObjectCounts } from './object-counts.ts';

/** What a snapshot takes on this version of Node; measured and written by `calibrate/main.ts`. */
export interface CostConstants {
  readonly base_bytes: number;
  readonly object_bytes: number;
  readonly reference_bytes: number;
  readonly text_factor: number;
  /** For each index of the longest array or table beyond `free_slots`. */
  readonly slot_bytes: number;
  readonly free_slots: number;
  readonly object_seconds: number;
  readonly reference_seconds: number;
  /** Nine in ten measured costs were at most this much above the estimate, as a share of it. */
  readonly error_share: number;
}

/** Memory and time a snapshot takes, on top of what the process holds. */
export interface Cost {
  readonly bytes: number;
  /** What the document itself weighs: a stream holds it in memory as well. */
  readonly document_bytes: number;
  readonly seconds: number;
}

/** In the document, about: seven numbers an object, three a reference, and the texts in quotes. */
const documentBytes = { object: 36, reference: 14, text: 1.1 };

/** Estimates what a snapshot of a heap with these counts costs in a process that has taken none before. */
export function estimateCost(counts: ObjectCounts, constants: CostConstants): Cost {
  const { objects, references, text_bytes, longest_slots } = counts;
  return {
    bytes: Math.round(
      constants.base_bytes +
        objects * constants.object_bytes +
        references * constants.reference_bytes +
        text_bytes * constants.text_factor +
        Math.max(0, longest_slots - constants.free_slots) * constants.slot_bytes,
    ),
    document_bytes: Math.round(
      objects * documentBytes.object + references * documentBytes.reference + text_bytes * documentBytes.text,
    ),
    seconds: objects * constants.object_seconds + references * constants.reference_seconds,
  };
}

/** The smallest objects of which there can be many, bytes: a number, a short text, a pair. */
const smallObject_bytes = 32;
const pointer_bytes = 8;

/**
 * What a snapshot costs more, bytes, where the live heap has grown by `growth_bytes` that nobody has counted: as if
 * they were what is dearest, small objects or references. (A long list's indices are dearer, but not many come at once.)
 */
export function costOfGrowth(growth_bytes: number, constants: CostConstants): number {
  const costOfByte = Math.max(
    constants.object_bytes / smallObject_bytes,
    constants.reference_bytes / pointer_bytes,
  );
  return Math.max(0, growth_bytes) * costOfByte;
}
