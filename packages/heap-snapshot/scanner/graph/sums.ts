// Classes added up over a digest that lies beside its graph, as in src/classes/class-table.ts.
import { at, kinds, put, room, sizes } from './place';

/**
 * Adds up the entries [from, to) of `length`. A class has 32 bytes of `records`: count, own bytes and what it retains, as
 * floating numbers, and where the span ends of its object that was counted last. Writes each entry's class to
 * `classOfEntry`, unless that is 0.
 */
export function sumEntries(
  from: u32,
  to: u32,
  length: u32,
  classOfKind: usize,
  records: usize,
  classOfEntry: usize,
): void {
  const spans = room + (<usize>length << 2);
  const ordinals = spans + (<usize>length << 2);
  for (let entry = from; entry < to; entry++) {
    const node = at(ordinals, entry);
    const number = at(classOfKind, at(kinds, node));
    if (classOfEntry !== 0) put(classOfEntry, entry, number);
    const record = records + (<usize>number << 5);
    store<f64>(record, load<f64>(record) + 1);
    store<f64>(record, load<f64>(record, 8) + <f64>at(sizes, node), 8);
    if (entry >= load<u32>(record, 24)) {
      store<f64>(record, load<f64>(record, 16) + <f64>at(room, entry), 16);
      store<u32>(record, entry + at(spans, entry), 24);
    }
  }
}
