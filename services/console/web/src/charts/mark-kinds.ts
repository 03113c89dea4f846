import type { EventKind } from '../../../src/api/contract.ts';

export interface MarkKind {
  /** Name of the colour in the style sheet. */
  readonly colour: string;
  /** What it is, for a person who cannot see its shape. */
  readonly word: string;
  /** An outline in a box of 12 by 12. */
  readonly shape: string;
  /** How far it stands out where several fall together: greater wins. */
  readonly weight: number;
}

const cross = 'M2.5 2.5 L9.5 9.5 M9.5 2.5 L2.5 9.5';
const up = 'M6 2 L10.5 10 H1.5 Z';
const down = 'M6 10 L10.5 2 H1.5 Z';
const right = 'M3 1.5 L10.5 6 L3 10.5 Z';
const square = 'M2.5 2.5 H9.5 V9.5 H2.5 Z';
const diamond = 'M6 1 L11 6 L6 11 L1 6 Z';
const dot = 'M6 2.5 A3.5 3.5 0 1 1 5.99 2.5 Z';
const bar = 'M6 1 V11';

const markKinds: Readonly<Record<EventKind, MarkKind>> = {
  death: { colour: 'death', word: 'death', shape: cross, weight: 9 },
  fault: { colour: 'warn', word: 'fault', shape: 'M6 1.5 V7 M6 9 V10.5', weight: 8 },
  leak_on: { colour: 'leak', word: 'leak on', shape: up, weight: 7 },
  leak_off: { colour: 'leak', word: 'leak off', shape: down, weight: 6 },
  snapshot: { colour: 'usage', word: 'snapshot', shape: diamond, weight: 6 },
  snapshot_refused: { colour: 'warn', word: 'snapshot refused', shape: diamond, weight: 6 },
  snapshot_forced: { colour: 'death', word: 'snapshot forced', shape: diamond, weight: 7 },
  load_begin: { colour: 'ink-2', word: 'load begins', shape: right, weight: 5 },
  load_end: { colour: 'ink-2', word: 'load ends', shape: square, weight: 4 },
  limit_raised: { colour: 'death', word: 'limit raised', shape: up, weight: 4 },
  limit_restored: { colour: 'death', word: 'limit restored', shape: down, weight: 4 },
  stop: { colour: 'ink-2', word: 'stopped in order', shape: square, weight: 5 },
  start: { colour: 'good', word: 'start', shape: dot, weight: 3 },
  reset: { colour: 'ink-2', word: 'reset', shape: bar, weight: 3 },
  diff: { colour: 'usage', word: 'comparison', shape: dot, weight: 2 },
  gc: { colour: 'ink-3', word: 'collection', shape: bar, weight: 1 },
  console_start: { colour: 'ink-3', word: 'console start', shape: dot, weight: 1 },
};

/** How an event is shown on the time axis; `undefined` for a kind of a later console. */
export function markKind(kind: string): MarkKind | undefined {
  return Object.hasOwn(markKinds, kind) ? markKinds[kind as EventKind] : undefined;
}
