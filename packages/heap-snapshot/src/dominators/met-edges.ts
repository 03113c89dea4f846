import type { Scratch } from '../graph/scratch.ts';

/** So many edges make a hub of the node they lead to, and so many hubs there are at most: one byte tells which. */
const hubFrom = 512;
const mostHubs = 255;

/**
 * The essential edges that a walk met and did not go along, in its order, by number. Most of them lead to a few hubs, the
 * maps of the commonest objects: for each number one byte holds the first hub it leads to. The rest are in a list.
 */
export class MetEdges {
  /** For each number, how many edges to it are in the list; for a hub less than 0: its own number, negated. Slot 3. */
  readonly counts: Int32Array;
  /** For each number, the hub it leads to, or 0. */
  readonly hubOf: Uint8Array;
  /** For each hub, its number in the walk. */
  readonly hubs: number[] = [0];
  /** For each hub, how many edges to it are in the list. */
  readonly listedOfHub: number[] = [0];
  /** Numbers led to and from, in turns: behind room for all edges in the edges' room. */
  readonly list: Int32Array;
  /** Numbers used of {@link MetEdges.list}. */
  listEnd = 0;

  constructor(nodeCount: number, scratch: Scratch) {
    this.counts = scratch.slot(3).fill(0);
    this.hubOf = new Uint8Array(nodeCount);
    this.list = scratch.behindEdges();
  }

  add(to: number, from: number): void {
    const { counts, list, listedOfHub, listEnd } = this;
    list[listEnd] = to;
    list[listEnd + 1] = from;
    this.listEnd = listEnd + 2;
    const count = counts[to] as number;
    if (count < 0) listedOfHub[-count] = (listedOfHub[-count] as number) + 1;
    else if (count === hubFrom && this.hubs.length <= mostHubs) {
      listedOfHub.push(count + 1);
      counts[to] = 1 - this.hubs.push(to);
    } else counts[to] = count + 1;
  }
}
