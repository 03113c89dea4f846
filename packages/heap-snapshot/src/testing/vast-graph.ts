import type { TinyNode } from './tiny-snapshot.ts';

/** A holder with a property that leads to what it holds: the names of both lie far behind in a vast file. */
export const heldByName: readonly TinyNode[] = [
  { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
  { type: 'object', name: 'Holder', size: 8, edges: [{ type: 'property', name: 'last', to: 2 }] },
  { type: 'object', name: 'Held', size: 16 },
];

/** What any reader must say of it. */
export const heldByNameFigures = {
  classes: [
    ['Holder', 1, 24],
    ['Held', 1, 16],
  ],
  path: ['(root)[1]', 'Holder.last'],
};
