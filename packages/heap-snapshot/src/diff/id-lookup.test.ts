import { describe, expect, it } from 'vitest';
import { randomFrom } from '../testing/random-graph.ts';
import { IdLookup } from './id-lookup.ts';

describe('IdLookup', () => {
  it.each([
    ['ids that are dense', 4, undefined],
    ['ids that are far apart', 4_000_000, undefined],
    ['ids for which a table is too large for the room', 7000, new Int32Array(2000)],
    ['a room with something left in it', 1, new Int32Array(4000).fill(7)],
  ])('finds each entry and no other, with %s', (_, spread, room) => {
    const random = randomFrom(spread);
    const ids = new Uint32Array(1000);
    let last = 0;
    for (let entry = 0; entry < ids.length; entry++) ids[entry] = last += 1 + Math.floor(random() * spread);
    ids.reverse();
    const lookup = new IdLookup(ids, room);
    const entries = new Map(Array.from(ids, (id, entry) => [id, entry]));
    for (const id of ids) expect(lookup.find(id)).toBe(entries.get(id));
    for (let id = 0; id < 5000; id++) expect(lookup.find(id)).toBe(entries.get(id) ?? -1);
    expect(lookup.find(2 ** 32 - 1)).toBe(-1);
    expect(lookup.find(2 ** 32 - 2)).toBe(-1);
  });
});
