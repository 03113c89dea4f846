import { nonessential } from '../graph/packed-edge.ts';
import type { EdgeColumns } from './edge-columns.ts';
import type { NodeColumns } from './node-columns.ts';
import type { StringsSection } from './strings-section.ts';

/** The entries of WeakMaps: two edges lead to each value, one from the key and one from the map's table. */
export interface Ephemerons {
  /** The edges' ordinals, ascending. */
  readonly edges: Int32Array;
  /** For each of them, the node ordinal it leaves from: the key, or the table itself. */
  readonly holders: Int32Array;
  /** For each of them, the number of its table. */
  readonly tables: Int32Array;
  /** For each table's number, its node ordinal; -1 where the file has none that holds values. */
  readonly tableNodes: readonly number[];
}

/**
 * Finds them by the names of their edges (`tableIds`: for a string's index, the id of the table in it, or 0).
 *
 * A WeakMap's value is held by key and table together: without either it goes. One of its two edges is enough for
 * the dominators; DevTools takes the key's, so the table's is marked as none of theirs.
 */
export function findEphemerons(
  nodes: NodeColumns,
  columns: EdgeColumns,
  { tableIds, entryNames }: Pick<StringsSection, 'tableIds' | 'entryNames'>,
): Ephemerons {
  const { rareInternal, rareLength, edges } = columns;
  const { firstEdges, ids } = nodes;
  // No name is noted more than twice.
  const most = 2 * entryNames;
  const found = new Int32Array(most);
  const holders = new Int32Array(most);
  const tables = new Int32Array(most);
  const numbers = new Map<number, number>();
  const tableNodes: number[] = [];
  let length = 0;
  let node = 0;
  for (let at = 0; at < rareLength; at += 2) {
    const id = tableIds[rareInternal[at + 1] as number] as number;
    if (id === 0) continue;
    const edge = rareInternal[at] as number;
    while ((firstEdges[node + 1] as number) <= edge) node++;
    let table = numbers.get(id);
    if (table === undefined) {
      table = tableNodes.push(-1) - 1;
      numbers.set(id, table);
    }
    if (ids[node] === id) {
      tableNodes[table] = node;
      edges[edge] = (edges[edge] as number) | nonessential;
    }
    found[length] = edge;
    holders[length] = node;
    tables[length++] = table;
  }
  return {
    edges: found.subarray(0, length),
    holders: holders.subarray(0, length),
    tables: tables.subarray(0, length),
    tableNodes,
  };
}
