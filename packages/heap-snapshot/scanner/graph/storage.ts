// Storage to its owners, as in src/graph/shallow-sizes.ts. Owners are in slot 0, all unowned to begin with.
import { at, bits, edges, firstEdges, hasBit, isWeak, kinds, put, setBit, sizes, slot, stack, targetOf, types } from './place';

const unowned: u32 = 0xffffffff;
const shared: u32 = 0xfffffffe;

/** Notes which of the nodes [from, to) are storage. Natives are where `external`, a byte for each kind, says so. */
export function markStorage(from: u32, to: u32, external: usize): void {
  for (let node = from; node < to; node++) {
    const type = load<u8>(types + node);
    if (type <= 1 || (type === 8 && external !== 0 && load<u8>(external + at(kinds, node)) !== 0)) setBit(bits, node);
  }
}

/** Finds what the nodes [from, to) own. */
export function findOwners(from: u32, to: u32): void {
  const owners = slot(0);
  for (let start = from; start < to; start++) {
    if (hasBit(bits, start)) continue;
    let node = start;
    let owner = start;
    let top = stack;
    for (;;) {
      const end = edges + (<usize>at(firstEdges, node + 1) << 2);
      for (let edge = edges + (<usize>at(firstEdges, node) << 2); edge < end; edge += 4) {
        const packed = load<u32>(edge);
        const target = targetOf(packed);
        if (!hasBit(bits, target)) continue;
        const before = at(owners, target);
        if (before === owner || before === shared || isWeak(packed)) continue;
        put(owners, target, before === unowned ? owner : shared);
        store<u32>(top, target);
        top += 4;
      }
      if (top === stack) break;
      top -= 4;
      node = load<u32>(top);
      owner = at(owners, node);
    }
  }
}

/** Gives the sizes of the nodes [from, to) to their owners, but to none of the type `synthetic` nor to the root. */
export function giveStorage(from: u32, to: u32, root: u32): void {
  const owners = slot(0);
  for (let node = from; node < to; node++) {
    const owner = at(owners, node);
    if (owner >= shared || owner === root || load<u8>(types + owner) === 9) continue;
    put(sizes, owner, at(sizes, owner) + at(sizes, node));
    put(sizes, node, 0);
  }
}
