// The walk in depth, as in src/dominators/depth-first.ts; the edges it met besides, as in met-edges.ts; and those turned
// round, as in predecessors.ts.
import {
  at, behind, bits, edges, firstEdges, hasBit, hubOf, hubs, isWeak, listedOfHub, nodeCount, passed, put, room, setBit, slot, stack,
  targetOf,
} from './place';

/** So many edges make a hub of the node they lead to. */
const hubFrom: i32 = 512;
const mostHubs: u32 = 255;

/** Nodes with a number. */
export let walked: u32 = 0;
/** Nodes in the list of those passed by. */
export let passedCount: u32 = 0;
/** Hubs, the first of them none. */
export let hubCount: u32 = 1;
/** Words of the list of edges met. */
export let listEnd: u32 = 0;

/** Where the walk stands. */
let edgeAt: usize = 0;
let edgeEnd: usize = 0;
let current: u32 = 0;
let top: usize = 0;

/** Begins a walk with the root alone. Slots 0 and 3, `hubOf` and `bits` are to be filled before. */
export function walkFromRoot(root: u32): void {
  walked = 0;
  passedCount = 0;
  hubCount = 1;
  listEnd = 0;
  put(listedOfHub, 0, 0);
  visit(root, 0);
}

/** Walks from a node without number, as the root's child; `walkOn` does so in fact. */
export function walkFrom(start: u32): void {
  top = stack;
  visit(start, 0);
}

@inline
function visit(node: u32, parent: u32): void {
  current = walked;
  walked = current + 1;
  put(slot(0), node, current);
  put(slot(5), current, node);
  // Ancestor and label.
  store<u64>(slot(1) + (<usize>current << 3), <u64>parent | (<u64>current << 32));
  edgeAt = edges + (<usize>at(firstEdges, node) << 2);
  edgeEnd = edges + (<usize>at(firstEdges, node + 1) << 2);
}

/** Goes on along `most` edges. Returns 1 where there is more to do. */
export function walkOn(most: u32, programEnd: i32, notePassed: bool): bool {
  const number = slot(0);
  const vertex = slot(5);
  const pairs = slot(1);
  const counts = slot(3);
  const otherHubOf = hubOf + nodeCount;
  let edge = edgeAt;
  let end = edgeEnd;
  let here = current;
  let way = top;
  let count = walked;
  let left = most;
  for (;;) {
    if (edge < end) {
      if (left-- === 0) break;
      const packed = load<u32>(edge);
      edge += 4;
      const target = targetOf(packed);
      const known = <i32>at(number, target);
      if (<i32>packed < 0) {
        if (notePassed && known <= 0 && !isWeak(packed) && !hasBit(bits, target)) {
          setBit(bits, target);
          put(passed, passedCount++, target);
        }
        continue;
      }
      if (known !== -1) {
        if (known < programEnd) store<u32>(edge - 4, packed | 0x80000000);
        else {
          const hub = -(<i32>at(counts, known));
          if (hub > 0 && load<u8>(hubOf + here) === 0) store<u8>(hubOf + here, <u8>hub);
          else if (hub > 0 && load<u8>(otherHubOf + here) === 0) store<u8>(otherHubOf + here, <u8>hub);
          else addMet(known, here);
        }
        continue;
      }
      // Behind a last edge there is nothing to come back to.
      if (edge < end) {
        store<u32>(way, edge);
        store<u32>(way, end, 4);
        store<u32>(way, here, 8);
        way += 12;
      }
      store<u64>(pairs + (<usize>count << 3), <u64>here | (<u64>count << 32));
      here = count++;
      put(number, target, here);
      put(vertex, here, target);
      edge = edges + (<usize>at(firstEdges, target) << 2);
      end = edges + (<usize>at(firstEdges, target + 1) << 2);
    } else {
      if (way === stack) {
        left = 1;
        break;
      }
      way -= 12;
      edge = load<u32>(way);
      end = load<u32>(way, 4);
      here = load<u32>(way, 8);
    }
  }
  edgeAt = edge;
  edgeEnd = end;
  current = here;
  top = way;
  walked = count;
  return left !== 1;
}

/** Notes an essential edge that the walk did not go along, by number. */
export function addMet(to: u32, from: u32): void {
  const counts = slot(3);
  put(behind, listEnd, to);
  put(behind, listEnd + 1, from);
  listEnd += 2;
  const count = <i32>at(counts, to);
  if (count < 0) put(listedOfHub, -count, at(listedOfHub, -count) + 1);
  else if (count === hubFrom && hubCount <= mostHubs) {
    put(listedOfHub, hubCount, count + 1);
    put(hubs, hubCount, to);
    put(counts, to, -(<i32>hubCount));
    hubCount++;
  } else put(counts, to, count + 1);
}

/** Counts the edges to hubs that are noted with the numbers [from, to); `noted` are each one's first or second such notes. */
export function countHubs(from: u32, to: u32, noted: usize): void {
  for (let number = from; number < to; number++) {
    const hub = load<u8>(noted + number);
    put(listedOfHub, hub, at(listedOfHub, hub) + 1);
  }
}

/** Makes of counts where each number's list ends; returns where the last does. */
export function sumCounts(from: u32, to: u32, before: u32): u32 {
  const first = slot(3);
  let sum = before;
  for (let number = from; number < to; number++) {
    sum += at(first, number);
    put(first, number, sum);
  }
  return sum;
}

/** Puts the edges [from, to) of the list where they belong. */
export function sortMet(from: u32, to: u32): void {
  const first = slot(3);
  for (let edge = from; edge < to; edge += 2) {
    const target = at(behind, edge);
    const place = at(first, target) - 1;
    put(first, target, place);
    put(room, place, at(behind, edge + 1));
  }
}

/** The same for the edges to hubs; where each hub's end is in `hubs` then. */
export function sortHubs(from: u32, to: u32, noted: usize): void {
  for (let number = from; number < to; number++) {
    const hub = load<u8>(noted + number);
    if (hub === 0) continue;
    const place = at(hubs, hub) - 1;
    put(hubs, hub, place);
    put(room, place, number);
  }
}
