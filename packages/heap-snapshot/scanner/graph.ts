// The loops over a snapshot's graph, in AssemblyScript: compiled by `npm run build` in this folder into
// src/graph/graph-module.ts. Each works on a part of its way and returns: the engine puts better code in place between calls.
export * from './graph/dominators';
export { place } from './graph/place';
export * from './graph/storage';
export * from './graph/sums';
export * from './graph/walk';
export * from './graph/ways';
