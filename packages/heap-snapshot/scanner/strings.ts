// Where strings begin, and which of them are worth a look.

/** Strings that the last call of `strings` found the beginning of. */
export let begun: u32 = 0;
/** Strings it found worth a look. */
export let lookedOut: u32 = 0;
/** Where the string begins that is open, or 0 where that was in an earlier block; of no meaning where none is. */
export let openedAt: usize = 0;
export let isOpen: bool = false;
/** The byte behind the last mark. */
export let behindMark: usize = 0;

/**
 * Goes through the quotation marks from `mark` on, as `quotes` has written them to `marks`, while strings are separated
 * as V8 does, by a comma and an end of line or none. Returns the mark it stopped before. `last` is the byte behind the
 * mark before.
 *
 * The beginnings of strings, and `delta`, are written over the marks. For those that are as long as a text that is looked
 * for (`lengths`, 256 bytes) or may name a WeakMap's entry (`uses`), index, beginning and end are written to `looks`.
 */
export function strings(
  mark: u32,
  count: u32,
  marks: usize,
  open: bool,
  opened: usize,
  last: usize,
  first: u32,
  delta: u32,
  lengths: usize,
  uses: usize,
  usesLength: u32,
  looks: usize,
  mostLooks: u32,
): u32 {
  let strings: u32 = 0;
  let found: u32 = 0;
  while (mark < count) {
    const position = <usize>load<u32>(marks + (<usize>mark << 2));
    if (open) {
      const length = position - opened;
      let isWanted = opened === 0 || (length < 256 && load<u8>(lengths + length) !== 0);
      const index = first + strings - 1;
      if (!isWanted && load<u8>(position - 1) === 0x29 && index < usesLength) {
        const use = load<u8>(uses + index);
        isWanted = use === 1 || use === 2;
      }
      if (isWanted) {
        if (found === mostLooks) break;
        const look = looks + <usize>found * 12;
        store<u32>(look, index);
        store<u32>(look, <u32>opened, 4);
        store<u32>(look, <u32>position, 8);
        found++;
      }
      open = false;
    } else {
      if (load<u8>(last) !== 0x2c) break;
      const gap = position - last;
      if (gap !== 1 && (gap !== 2 || load<u8>(last, 1) !== 0x0a)) break;
      opened = position + 1;
      store<u32>(marks + (<usize>strings << 2), <u32>opened + delta);
      strings++;
      open = true;
    }
    last = position + 1;
    mark++;
  }
  begun = strings;
  lookedOut = found;
  openedAt = opened;
  behindMark = last;
  isOpen = open;
  return mark;
}
