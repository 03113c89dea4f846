import type { Item, Lab, Part } from './lab.ts';
import type { Session } from './progress.ts';

/** The parts of a lab in their order: at least one. */
export const partsOf = (lab: Lab): readonly Part[] => [lab, ...(lab.next ?? [])];

/** The part that is under way; the last one where there are fewer than the session says. */
export const currentPart = (lab: Lab, { part }: Session): Part =>
  partsOf(lab)[part] ?? (partsOf(lab).at(-1) as Part);

/** What is asked for so far: parts that have not begun say nothing of what comes. */
export const openItems = (lab: Lab, { part }: Session): readonly Item[] =>
  partsOf(lab)
    .slice(0, part + 1)
    .flatMap(({ items }) => items);
