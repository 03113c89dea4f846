/** Node types in the order V8 has used since Node 16; a file's own list is mapped to it. Unknown ones follow. */
export const nodeType = {
  hidden: 0,
  array: 1,
  string: 2,
  object: 3,
  code: 4,
  closure: 5,
  regexp: 6,
  number: 7,
  native: 8,
  synthetic: 9,
  concatenatedString: 10,
  slicedString: 11,
  symbol: 12,
  bigint: 13,
  objectShape: 14,
} as const;

const knownNodeTypes = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
];

/** Edge types, three bits of a packed edge. */
export const edgeType = {
  context: 0,
  element: 1,
  property: 2,
  internal: 3,
  hidden: 4,
  shortcut: 5,
  weak: 6,
  other: 7,
} as const;

const knownEdgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

/** A file's raw types, and what they are here. */
export interface TypeMap {
  /** For each raw type, its number here. */
  readonly numbers: Uint8Array;
  /** For each number here, its name. */
  readonly names: readonly string[];
}

export function mapNodeTypes(raw: readonly string[]): TypeMap {
  const names = [...knownNodeTypes];
  const numbers = Uint8Array.from(raw, (each) => {
    const known = names.indexOf(each);
    return known === -1 ? names.push(each) - 1 : known;
  });
  return { numbers, names };
}

export function mapEdgeTypes(raw: readonly string[]): TypeMap {
  const numbers = Uint8Array.from(raw, (each) => {
    const known = knownEdgeTypes.indexOf(each);
    return known === -1 ? edgeType.other : known;
  });
  return { numbers, names: [...knownEdgeTypes, 'other'] };
}
