import type { Sample, Unit } from './sample.ts';

/** Where one reading stands in each unit; `null` where nobody counts it. */
export type Position = Readonly<Record<Unit, number | null>>;

/** In the order in which a unit is named where several explain growth as well. */
export const units: readonly Unit[] = ['request', 'event', 'connection', 'payload byte', 'second'];

/** The unit's counter of a sample; `null` where nobody counts it. */
export function countOf(sample: Sample, unit: Unit): number | null {
  return finiteOrNull(readers[unit](sample));
}

/** Numbers as they are; `null` of anything else, so that a gap in a record is no reading of 0. */
export const finiteOrNull = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

export function positionOf(sample: Sample): Position {
  return {
    request: countOf(sample, 'request'),
    event: countOf(sample, 'event'),
    connection: countOf(sample, 'connection'),
    'payload byte': countOf(sample, 'payload byte'),
    second: countOf(sample, 'second'),
  };
}

const readers: Readonly<Record<Unit, (sample: Sample) => number | null | undefined>> = {
  request: ({ requests_total }) => requests_total,
  event: ({ events_total }) => events_total,
  connection: ({ connections_total }) => connections_total,
  'payload byte': ({ payload_bytes_total }) => payload_bytes_total,
  second: ({ time_seconds }) => time_seconds,
};
