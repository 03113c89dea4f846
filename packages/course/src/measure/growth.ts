import { type Estimate, type Sample, theilSen } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Truth } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes, lasting } from './collections.ts';
import { requestsIn, samplesBetween, warmUp_requests } from './requests.ts';

/** Beyond it what a start brings is over, and the first collections were made. */
const settled_ms = 5_000;
const leastRequests = 1_500;
const leastBetween = 1_000;
/** In a second of the labs' traffic come as many. */
const sameMoment_requests = 100;
/** So many times what may have come since a collection lies between two of them, or their slope says little. */
const clearly = 3;
/** By as much two collections of the same may differ. */
const noise_bytes = 300_000;
/** Growth below it is noise. */
export const leastGrowth_bytes = 100;

/** What is held, bytes, when so many have come. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** It may have been read when so many fewer had come: since the sample before. */
  readonly late?: number;
}

/** What is held after a collection, by the requests that came: one point for each major collection of one life. */
export function heldByRequests(life: readonly Sample[]): Point[] {
  const before = new Map(life.slice(1).map((sample, index) => [sample, life[index]?.requests_total]));
  return lasting(collectionsIn(life)).flatMap((sample) => {
    const held = heldAfterGc_bytes(sample);
    const { requests_total, external_after_gc_bytes: external } = sample;
    return held === null || external == null || requests_total == null
      ? []
      : [{ x: requests_total, y: held, late: requests_total - (before.get(sample) ?? requests_total) }];
  });
}

/** The samples of each life since it began to happen, the one with the most requests first. */
function livesSince(evidence: Evidence): (readonly Sample[])[] {
  const from_ms = Math.max(evidence.begun_ms, (evidence.onset_ms ?? 0) + settled_ms);
  const warm = samplesBetween(evidence, from_ms, evidence.now_ms).filter(
    ({ requests_total }) => evidence.incident !== null || (requests_total ?? 0) >= warmUp_requests,
  );
  const lives = Map.groupBy(warm, ({ process }) => process);
  return [...lives.values()].toSorted((a, b) => requestsIn(b) - requestsIn(a));
}

/** Bytes that stay of each request since it began to happen; what is missing, where it is not known yet. */
export function bytesPerRequest(evidence: Evidence): Estimate | { readonly waits_for: string } {
  if (evidence.onset_ms !== null && evidence.onset_ms > evidence.now_ms) {
    return { waits_for: 'nothing has happened so far' };
  }
  const [life = []] = livesSince(evidence);
  const requests = requestsIn(life);
  if (requests < leastRequests) {
    return {
      waits_for: `${leastRequests.toLocaleString('en')} requests in one life of the service; it has seen ${requests.toLocaleString('en')}`,
    };
  }
  return (
    heldByEach(heldByRequests(life), leastBetween) ?? {
      waits_for: `two collections of the whole heap with ${leastBetween.toLocaleString('en')} requests between them (POST /admin/gc makes one)`,
    }
  );
}

/** What is held more for each of what came; `undefined` where fewer than `least` lie between the first reading and the last. */
export function heldByEach(readings: readonly Point[], least: number): Estimate | undefined {
  const points = farApart(apart(readings), least / 2);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.x - first.x < least) return undefined;
  return theilSen(points) ?? slopeBetween(first, last);
}

/**
 * Collections with next to no requests between them are one point, their lowest: the slope from one to the other would be
 * noise, and a pause has many such.
 */
function apart(points: readonly Point[]): Point[] {
  const together: Point[] = [];
  for (const point of points) {
    const before = together.at(-1);
    if (before === undefined || point.x - before.x >= sameMoment_requests) together.push(point);
    else together[together.length - 1] = { ...before, y: Math.min(before.y, point.y) };
  }
  return together;
}

/**
 * The first, the last and of those between the ones with at least so many between them: one under load leaves what is under way,
 * too, and the slope from it to a near one is that. So it is where one was told a second late. Of few points the lowest slope
 * bounds the estimate.
 */
function farApart(points: readonly Point[], least: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 3) return points;
  const kept = [first];
  const isFar = (one: Point, next: Point) =>
    next.x - one.x >= Math.max(least, clearly * Math.max(one.late ?? 0, next.late ?? 0));
  for (const point of points.slice(1, -1))
    if (isFar(kept.at(-1) as Point, point) && isFar(point, last)) kept.push(point);
  return [...kept, last];
}

/** Of two or three points: no more can be said than what a collection may leave at most. */
function slopeBetween(first: Point, last: Point): Estimate {
  const [more, requests] = [last.y - first.y, last.x - first.x];
  return {
    low: (more - noise_bytes) / requests,
    value: more / requests,
    high: (more + noise_bytes) / requests,
  };
}

/** Bytes a request as a question's truth. */
export function bytesPerRequestTruth(evidence: Evidence, tolerance = 0.2): Truth {
  const growth = bytesPerRequest(evidence);
  return 'waits_for' in growth
    ? { kind: 'unknown', ...growth }
    : { kind: 'number', values: [growth.value], tolerance };
}

/** Whether memory grows by each request, for sure: yes or no. */
export function growsTruth(evidence: Evidence, words: { readonly yes: string; readonly no: string }): Truth {
  const growth = bytesPerRequest(evidence);
  if ('waits_for' in growth) return { kind: 'unknown', ...growth };
  const yes = growth.low > leastGrowth_bytes;
  return { kind: 'words', accepted: [yes ? words.yes : words.no] };
}
