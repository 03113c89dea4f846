import { bytesOf, type Sample } from '@leak-lab/leak-verdict';
import { smallEvent_bytes, workflowEvent_bytes } from '@leak-lab/workload';
import type { Evidence } from '../evidence.ts';
import type { Truth } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes, lasting } from './collections.ts';
import { heldByEach, type Point } from './growth.ts';
import { requestsIn, samplesSinceOnset } from './requests.ts';

/** What requests bring in the mean, bytes, where all of them are of one kind; what one of the lab's brings, and how many it takes. */
const kinds = {
  small: { least: 20, most: 2_000, size_bytes: smallEvent_bytes, events: 500 },
  large: { least: 100_000, most: 2 ** 20, size_bytes: workflowEvent_bytes, events: 300 },
} as const;
export type PayloadKind = keyof typeof kinds;

/** A second with fewer is no load. */
const quiet_requests = 12;
const tolerance = 0.2;
/** With so few requests growth of each below it is none. */
const noise_bytes = 200;
/** By as much what is held may differ for nothing. */
const leastGrown_bytes = 3 * 1024 ** 2;
const leadingShare = 0.7;

/** A request for a collection makes two: with so many in a second there were two requests. */
const twoRequests_collections = 3;

/** What is collected so long after the last of them is what they left. */
const after_seconds = 5;

/** Stretches of one life in which requests of that kind came, and no others; seconds of silence between them belong to them. */
function stretchesOf(samples: readonly Sample[], kind: PayloadKind): (readonly Sample[])[] {
  const { least, most } = kinds[kind];
  const stretches: Sample[][] = [];
  samples.slice(1).forEach((sample, index) => {
    const before = samples[index] as Sample;
    const came = (sample.requests_total ?? 0) - (before.requests_total ?? 0);
    const brought = (sample.payload_bytes_total ?? 0) - (before.payload_bytes_total ?? 0);
    const each = brought / Math.max(1, came);
    const fits = came <= quiet_requests ? each < most : each >= least && each <= most;
    const current = stretches.at(-1);
    if (sample.process !== before.process || !fits) return;
    if (current?.at(-1) === before) current.push(sample);
    else stretches.push([before, sample]);
  });
  return stretches.map(upToLastLoad);
}

/** Without the silence after it, in which anything may be let go of. */
function upToLastLoad(stretch: readonly Sample[]): readonly Sample[] {
  const last = stretch.findLast((sample, index) => {
    const before = stretch[index - 1];
    return before !== undefined && requestsIn([before, sample]) > quiet_requests;
  });
  const end_seconds = (last?.time_seconds ?? 0) + after_seconds;
  return stretch.filter(({ time_seconds }) => time_seconds <= end_seconds);
}

/**
 * The first after a collection, while nothing is asked: one under load leaves what is under way, too. The first collection of a
 * quiet second may be told late and belong to the load before it; what was asked for after that may not.
 */
function collectedInQuiet(samples: readonly Sample[]): readonly Sample[] {
  const collected = new Set(collectionsIn(samples));
  const isQuiet = (index: number) =>
    index > 0 && requestsIn(samples.slice(index - 1, index + 1)) <= quiet_requests;
  const isTwice = (index: number) =>
    (samples[index]?.full_gc_total ?? 0) - (samples[index - 1]?.full_gc_total ?? 0) >=
    twoRequests_collections;
  return samples.filter(
    (sample, index) => collected.has(sample) && isQuiet(index) && (isQuiet(index - 1) || isTwice(index)),
  );
}

/** What is held in quiet seconds, by the events of that size that came. */
function heldByEvents(stretch: readonly Sample[], size_bytes: number): Point[] {
  return lasting(collectedInQuiet(stretch)).flatMap((sample) => {
    const held = heldAfterGc_bytes(sample);
    const { payload_bytes_total: brought_bytes, external_after_gc_bytes: external } = sample;
    return held === null || external == null || brought_bytes == null
      ? []
      : [{ x: brought_bytes / size_bytes, y: held }];
  });
}

/** Bytes that stay of each request that brings so much. */
export function bytesOfPayload(evidence: Evidence, kind: PayloadKind): Truth {
  const { size_bytes, events } = kinds[kind];
  const [most = []] = stretchesOf(samplesSinceOnset(evidence), kind).toSorted(
    (a, b) => requestsIn(b) - requestsIn(a),
  );
  const held = heldByEach(heldByEvents(most, size_bytes), events);
  return held === undefined
    ? {
        kind: 'unknown',
        waits_for: `${events} ${kind} events and no other requests meanwhile, a collection before and after them while nobody asks (./lab traffic off, ./lab stress --payload ${kind})`,
      }
    : { kind: 'number', values: [held.value], tolerance, noise: noise_bytes };
}

/** What came in one life from the first quiet collection to the one after which most was held, bytes. */
function grownIn(life: readonly Sample[]): { readonly all: number; readonly outside: number } {
  const collected = collectedInQuiet(life);
  const [first] = collected;
  // What was let go of after it had grown says nothing of where it was.
  const [last] = collected.toSorted((a, b) => (heldAfterGc_bytes(b) ?? 0) - (heldAfterGc_bytes(a) ?? 0));
  const of = (read: (sample: Sample) => number | null | undefined) =>
    first === undefined || last === undefined ? 0 : (read(last) ?? 0) - (read(first) ?? 0);
  return {
    all: of(heldAfterGc_bytes),
    outside: of(({ external_after_gc_bytes }) => external_after_gc_bytes),
  };
}

/** Where what stays is: in V8's heap, outside of it, or both. */
export function placeOfGrowth(
  evidence: Evidence,
  words: { readonly heap: string; readonly outside: string; readonly both: string },
): Truth {
  const lives = [...Map.groupBy(samplesSinceOnset(evidence), ({ process }) => process).values()];
  const [most = { all: 0, outside: 0 }] = lives.map(grownIn).toSorted((a, b) => b.all - a.all);
  if (most.all < leastGrown_bytes)
    return {
      kind: 'unknown',
      waits_for: `${bytesOf(leastGrown_bytes)} more after a collection than before, both while nobody asks (./lab traffic off)`,
    };
  const share = most.outside / most.all;
  const word = share >= leadingShare ? words.outside : share <= 1 - leadingShare ? words.heap : words.both;
  return { kind: 'words', accepted: [word] };
}
