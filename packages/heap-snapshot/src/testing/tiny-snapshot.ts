/** A node of a snapshot made by hand. Its ordinal is its place in the list; 0 is the root. */
export interface TinyNode {
  readonly type: string;
  readonly name: string;
  readonly size: number;
  readonly id?: number;
  readonly detached?: number;
  readonly edges?: readonly TinyEdge[];
}

export interface TinyEdge {
  readonly type: string;
  /** A name, or for elements and hidden ones an index. */
  readonly name: string | number;
  readonly to: number;
}

const nodeTypes =
  'hidden,array,string,object,code,closure,regexp,number,native,synthetic,concatenated string,sliced string,symbol,bigint'.split(
    ',',
  );
const edgeTypes = 'context,element,property,internal,hidden,shortcut,weak'.split(',');

/** The order of fields, which a file is free to choose. */
export interface TinyLayout {
  readonly nodeFields?: readonly string[];
  readonly edgeFields?: readonly string[];
  /** [node, script, line, column], counted from 0. */
  readonly locations?: readonly (readonly [number, number, number, number])[];
}

export const defaultNodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const defaultEdgeFields = ['type', 'name_or_index', 'to_node'];

/** A snapshot as V8 would write it. */
export function tinySnapshot(nodes: readonly TinyNode[], layout: TinyLayout = {}): Record<string, unknown> {
  const { nodeFields = defaultNodeFields, edgeFields = defaultEdgeFields, locations = [] } = layout;
  const strings: string[] = ['<dummy>'];
  const indices = new Map<string, number>();
  const stringIndex = (text: string): number => {
    const known = indices.get(text);
    if (known !== undefined) return known;
    indices.set(text, strings.length);
    return strings.push(text) - 1;
  };
  const nodeNumbers: number[] = [];
  const edgeNumbers: number[] = [];
  nodes.forEach(({ type, name, size, id, detached = 0, edges = [] }, ordinal) => {
    const values: Record<string, number> = {
      type: nodeTypes.indexOf(type),
      name: stringIndex(name),
      id: id ?? 2 * ordinal + 1,
      self_size: size,
      edge_count: edges.length,
      detachedness: detached,
    };
    for (const field of nodeFields) nodeNumbers.push(values[field] ?? 0);
    for (const edge of edges) {
      const edgeValues: Record<string, number> = {
        type: edgeTypes.indexOf(edge.type),
        name_or_index: typeof edge.name === 'number' ? edge.name : stringIndex(edge.name),
        to_node: edge.to * nodeFields.length,
      };
      for (const field of edgeFields) edgeNumbers.push(edgeValues[field] ?? 0);
    }
  });
  return {
    snapshot: {
      meta: {
        node_fields: nodeFields,
        node_types: nodeFields.map((field) => (field === 'type' ? nodeTypes : 'number')),
        edge_fields: edgeFields,
        edge_types: edgeFields.map((field) => (field === 'type' ? edgeTypes : 'number')),
        location_fields: ['object_index', 'script_id', 'line', 'column'],
      },
      node_count: nodes.length,
      edge_count: edgeNumbers.length / edgeFields.length,
    },
    nodes: nodeNumbers,
    edges: edgeNumbers,
    trace_tree: [],
    samples: [],
    locations: locations.flatMap(([node, ...place]) => [node * nodeFields.length, ...place]),
    strings,
  };
}

/** The bytes of a snapshot made by hand. */
export function tinyBytes(nodes: readonly TinyNode[], layout: TinyLayout = {}): Uint8Array {
  return Buffer.from(JSON.stringify(tinySnapshot(nodes, layout)));
}
