// Immediate dominators, as in src/dominators/semi-nca.ts: ancestor and label lie together in the slots 1 and 2, the
// result is in slot 0. And sizes added up along their tree, as in digest-of-tree.ts.
import { at, ids, kinds, put, room, sizes, slot } from './place';

@inline
function ancestor(number: u32): u32 {
  return load<u32>(slot(1) + (<usize>number << 3));
}

/** Finds the semidominators of the numbers from `from` down to `to`, which is above 0. */
export function findSemidominators(from: u32, to: u32): void {
  const first = slot(3);
  const stack = slot(4);
  const pairs = slot(1);
  const dominator = slot(0);
  let listEnd = at(first, from + 1);
  for (let w = from; w >= to; w--) {
    const parent = ancestor(w);
    let best = parent;
    const begin = at(first, w);
    for (let place = begin; place < listEnd; place++) {
      let candidate = at(room, place);
      if (candidate > w) {
        let top = stack;
        let pair = pairs + (<usize>candidate << 3);
        let up = load<u32>(pair);
        while (up > w) {
          store<u32>(top, pair);
          top += 4;
          pair = pairs + (<usize>up << 3);
          up = load<u32>(pair);
        }
        let least = load<u32>(pair, 4);
        while (top !== stack) {
          top -= 4;
          const below = load<u32>(top);
          const label = load<u32>(below, 4);
          store<u32>(below, up);
          if (label > least) store<u32>(below, least, 4);
          else least = label;
        }
        candidate = least;
      }
      if (candidate < best) best = candidate;
    }
    listEnd = begin;
    put(dominator, w, parent);
    store<u32>(pairs + (<usize>w << 3), best, 4);
    // The list that has been gone through ended there.
    put(first, w + 1, best);
  }
}

/** Makes immediate dominators of the semidominators of the numbers [from, to), from 1 upwards. */
export function findDominators(from: u32, to: u32): void {
  const semi = slot(3) + 4;
  const dominator = slot(0);
  for (let w = from; w < to; w++) {
    const least = at(semi, w);
    let d = at(dominator, w);
    while (d > least) d = at(dominator, d);
    put(dominator, w, d);
  }
}

/** Bytes of a number's record: what it retains, its span, where the next of its children goes. */
const record_bytes: usize = 12;
const sized: u32 = 0x80000000;

/** Fills the records of the numbers [from, to), at `records`, with their own sizes. */
export function beginSums(from: u32, to: u32, records: usize): void {
  const vertex = slot(5);
  for (let w = from; w < to; w++) {
    const size = at(sizes, at(vertex, w));
    const record = records + w * record_bytes;
    const one: u32 = size === 0 ? 0 : 1;
    store<u32>(record, size);
    store<u32>(record, one, 4);
    store<u32>(record, one, 8);
  }
}

/** Adds the numbers from `from` down to `to`, which is above 0, to their dominators. */
export function addUp(from: u32, to: u32, records: usize): void {
  const dominator = slot(0);
  for (let w = from; w >= to; w--) {
    const record = records + w * record_bytes;
    const above = records + at(dominator, w) * record_bytes;
    store<u32>(above, load<u32>(above) + load<u32>(record));
    store<u32>(above, load<u32>(above, 4) + load<u32>(record, 4), 4);
  }
}

/** Gives each of the numbers [from, to) its place: parents come first, so theirs is known. Spans tell of sizes then. */
export function findPlaces(from: u32, to: u32, records: usize): void {
  const dominator = slot(0);
  for (let w = from; w < to; w++) {
    const record = records + w * record_bytes;
    const one = load<u32>(record, 8);
    const span = load<u32>(record, 4);
    let place: u32 = 0;
    if (w !== 0) {
      const above = records + at(dominator, w) * record_bytes;
      place = load<u32>(above, 8);
      store<u32>(above, place + (load<u32>(record, 4) & ~sized), 8);
    }
    store<u32>(record, place + one, 8);
    store<u32>(record, one === 0 ? span : span | sized, 4);
  }
}

/** Writes the entries of the numbers [from, to): what they retain, spans and ordinals, `length` each, into the room. */
export function putBesideGraph(from: u32, to: u32, records: usize, length: u32): void {
  const vertex = slot(5);
  const spans = room + (<usize>length << 2);
  const ordinals = spans + (<usize>length << 2);
  for (let w = from; w < to; w++) {
    const record = records + w * record_bytes;
    const span = load<u32>(record, 4);
    if ((span & sized) === 0) continue;
    const width = span & ~sized;
    const place = load<u32>(record, 8) - width;
    put(room, place, load<u32>(record));
    put(spans, place, w === 0 ? length : width);
    put(ordinals, place, at(vertex, w));
  }
}

/** The same where no graph is kept: own sizes, what they retain, ids, kinds, spans; from `digest` on. */
export function putAlone(from: u32, to: u32, records: usize, length: u32, digest: usize): void {
  const vertex = slot(5);
  const column = <usize>length << 2;
  for (let w = from; w < to; w++) {
    const record = records + w * record_bytes;
    const span = load<u32>(record, 4);
    if ((span & sized) === 0) continue;
    const width = span & ~sized;
    const node = at(vertex, w);
    const entry = digest + (<usize>(load<u32>(record, 8) - width) << 2);
    store<u32>(entry, at(sizes, node));
    store<u32>(entry + column, load<u32>(record));
    store<u32>(entry + 2 * column, at(ids, node));
    store<u32>(entry + 3 * column, at(kinds, node));
    store<u32>(entry + 4 * column, w === 0 ? length : width);
  }
}
