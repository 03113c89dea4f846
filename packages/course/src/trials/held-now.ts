import type { Tools } from '../lab.ts';

/** What a service holds at one moment, all garbage collected, and what it was asked for until then. */
export interface HeldReading {
  /** In the heap and outside of it. */
  readonly held_bytes: number;
  /** Of it what is outside of the heap. */
  readonly external_bytes: number;
  readonly requests: number;
  /** All that its requests brought. */
  readonly body_bytes: number;
}

/** What is held after two collections: the first leaves what only finalizers let go of. */
export async function heldNow({ service }: Pick<Tools, 'service'>): Promise<HeldReading> {
  await service('POST', '/admin/gc');
  await service('POST', '/admin/gc');
  const { json } = await service('GET', '/admin/sample');
  const sample = json as {
    readonly heap_used_after_gc_bytes: number;
    readonly external_after_gc_bytes: number | null;
    readonly requests: { readonly total: number; readonly body_bytes_total: number };
  };
  const external_bytes = sample.external_after_gc_bytes ?? 0;
  return {
    held_bytes: sample.heap_used_after_gc_bytes + external_bytes,
    external_bytes,
    requests: sample.requests.total,
    body_bytes: sample.requests.body_bytes_total,
  };
}

/** What came from one reading to the next. */
export const growthOf = (before: HeldReading, after: HeldReading): HeldReading => ({
  held_bytes: after.held_bytes - before.held_bytes,
  external_bytes: after.external_bytes - before.external_bytes,
  requests: after.requests - before.requests,
  body_bytes: after.body_bytes - before.body_bytes,
});
