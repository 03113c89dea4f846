import type { Scratch } from '../graph/scratch.ts';
import type { DepthFirst } from './depth-first.ts';

/** Who leads to whom over essential edges, by number; the edge a node was found by is not listed. */
export interface Predecessors {
  /** For each number, where its predecessors begin; one more entry for the end. Slot 3. */
  readonly first: Int32Array;
  /** Numbers of predecessors. In the edges' room. */
  readonly list: Int32Array;
}

/** Sorts the edges that the walk met and did not go along by where they lead. */
export function predecessorsOf({ length, met }: DepthFirst, scratch: Scratch): Predecessors {
  const { counts, hubOf, hubs, listedOfHub, list: listed, listEnd } = met;
  const ofHub = Int32Array.from(listedOfHub);
  for (let from = 0; from < length; from++) {
    const hub = hubOf[from] as number;
    ofHub[hub] = (ofHub[hub] as number) + 1;
  }
  hubs.forEach((to, hub) => {
    if (hub > 0) counts[to] = ofHub[hub] as number;
  });
  // Where each one's list ends; filling moves it to where it begins.
  const first = counts;
  let sum = 0;
  for (let to = 0; to < length; to++) {
    sum += first[to] as number;
    first[to] = sum;
  }
  first[length] = sum;
  const list = scratch.perEdge(sum);
  for (let edge = 0; edge < listEnd; edge += 2) {
    const to = listed[edge] as number;
    const at = (first[to] as number) - 1;
    first[to] = at;
    list[at] = listed[edge + 1] as number;
  }
  const ends = Int32Array.from(hubs, (to) => first[to] as number);
  for (let from = 0; from < length; from++) {
    const hub = hubOf[from] as number;
    if (hub === 0) continue;
    const at = (ends[hub] as number) - 1;
    ends[hub] = at;
    list[at] = from;
  }
  hubs.forEach((to, hub) => {
    if (hub > 0) first[to] = ends[hub] as number;
  });
  return { first, list };
}
