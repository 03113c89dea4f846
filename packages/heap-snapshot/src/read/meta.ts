import { SnapshotError } from '../errors.ts';

/** Where the fields lie in a snapshot's arrays, as its own `meta` says. */
export interface Layout {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Node ordinal of the root. */
  readonly rootOrdinal: number;
  readonly nodeFieldCount: number;
  readonly nodeTypeAt: number;
  readonly nodeNameAt: number;
  readonly nodeIdAt: number;
  readonly nodeSelfSizeAt: number;
  readonly nodeEdgeCountAt: number;
  /** -1 where the file has no such field (before Node 16). */
  readonly nodeDetachednessAt: number;
  /** For each raw node type, its name. */
  readonly nodeTypes: readonly string[];
  readonly edgeFieldCount: number;
  readonly edgeTypeAt: number;
  readonly edgeNameAt: number;
  readonly edgeToNodeAt: number;
  /** For each raw edge type, its name. */
  readonly edgeTypes: readonly string[];
  /** Undefined where the file says nothing of locations. */
  readonly location: LocationLayout | undefined;
}

export interface LocationLayout {
  readonly fieldCount: number;
  readonly objectIndexAt: number;
  readonly scriptIdAt: number;
  readonly lineAt: number;
  readonly columnAt: number;
}

/** More nodes than this do not fit the packed edges (27 bits of ordinal). Such a file is above 4 GB. */
export const mostNodes = 2 ** 27 - 1;
/** More edges than this have no ordinal in 31 bits. Such a file is above 20 GB. */
const mostEdges = 2 ** 31 - 1;

/**
 * Reads the value of the file's first key, `snapshot`. `size_bytes` bounds what its counts may claim.
 * Throws {@link SnapshotError} naming the field.
 */
export function readLayout(text: string, name: string, size_bytes: number): Layout {
  const fail = (field: string, expected: string, came: unknown): never => {
    throw new SnapshotError(
      `${name}: field ${field}: expected ${expected}, came ${show(came)}. ` +
        'Is it a V8 heap snapshot (Node or Chrome)? Take it again, or copy it again whole.',
      { path: name, field },
    );
  };
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    return fail('snapshot', 'valid JSON', (cause as Error).message);
  }
  if (header === null || typeof header !== 'object') return fail('snapshot', 'an object', header);
  const meta = header['meta'] as Record<string, unknown> | undefined;
  if (meta === null || typeof meta !== 'object') return fail('snapshot.meta', 'an object', meta);

  const strings = (value: unknown): value is string[] =>
    Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
  const fields = (key: string, wanted: readonly string[]): string[] => {
    const value = meta[key];
    if (!strings(value)) return fail(`snapshot.meta.${key}`, 'a list of names', value);
    for (const each of wanted) {
      if (!value.includes(each)) fail(`snapshot.meta.${key}`, `a list with "${each}"`, value);
    }
    return value;
  };
  const types = (key: string, at: number): string[] => {
    const value = (meta[key] as unknown[] | undefined)?.[at];
    if (!strings(value) || value.length > 255)
      return fail(`snapshot.meta.${key}[${at}]`, 'a list of types', value);
    return value;
  };
  const count = (key: string, room: number, most: number): number => {
    const value = header[key];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      return fail(`snapshot.${key}`, 'a whole number', value);
    }
    if (value > room) {
      return fail(
        `snapshot.${key}`,
        `${Math.floor(room)} at most, as the file has ${size_bytes} bytes`,
        value,
      );
    }
    if (value > most) {
      throw new SnapshotError(
        `${name}: field snapshot.${key}: expected ${most} at most, which is all this reader can number, came ${value}. ` +
          'Take the snapshot earlier, while the heap is smaller, or open this one in Chrome DevTools.',
        { path: name, field: `snapshot.${key}` },
      );
    }
    return value;
  };

  const nodeFields = fields('node_fields', ['type', 'name', 'id', 'self_size', 'edge_count']);
  const edgeFields = fields('edge_fields', ['type', 'name_or_index', 'to_node']);
  const nodeTypeAt = nodeFields.indexOf('type');
  const edgeTypeAt = edgeFields.indexOf('type');
  // Every number takes two bytes at least, itself and a comma: a count that claims more lies.
  const room = (size_bytes + 2) / 2;
  const nodeCount = count('node_count', room / nodeFields.length, mostNodes);
  const edgeCount = count('edge_count', room / edgeFields.length, mostEdges);
  if (nodeCount === 0) fail('snapshot.node_count', 'one node at least, the root', 0);
  const rootIndex = header['root_index'] ?? 0;
  const rootOrdinal = Number(rootIndex) / nodeFields.length;
  if (
    typeof rootIndex !== 'number' ||
    !Number.isInteger(rootOrdinal) ||
    rootOrdinal < 0 ||
    rootOrdinal >= nodeCount
  ) {
    fail('snapshot.root_index', `a multiple of ${nodeFields.length} below the nodes' length`, rootIndex);
  }
  return {
    nodeCount,
    edgeCount,
    rootOrdinal,
    nodeFieldCount: nodeFields.length,
    nodeTypeAt,
    nodeNameAt: nodeFields.indexOf('name'),
    nodeIdAt: nodeFields.indexOf('id'),
    nodeSelfSizeAt: nodeFields.indexOf('self_size'),
    nodeEdgeCountAt: nodeFields.indexOf('edge_count'),
    nodeDetachednessAt: nodeFields.indexOf('detachedness'),
    nodeTypes: types('node_types', nodeTypeAt),
    edgeFieldCount: edgeFields.length,
    edgeTypeAt,
    edgeNameAt: edgeFields.indexOf('name_or_index'),
    edgeToNodeAt: edgeFields.indexOf('to_node'),
    edgeTypes: types('edge_types', edgeTypeAt),
    location: locationLayout(meta['location_fields']),
  };
}

function locationLayout(value: unknown): LocationLayout | undefined {
  if (!Array.isArray(value)) return undefined;
  const layout = {
    fieldCount: value.length,
    objectIndexAt: value.indexOf('object_index'),
    scriptIdAt: value.indexOf('script_id'),
    lineAt: value.indexOf('line'),
    columnAt: value.indexOf('column'),
  };
  return Object.values(layout).includes(-1) ? undefined : layout;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
