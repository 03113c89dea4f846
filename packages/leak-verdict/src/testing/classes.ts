import type { Draw } from './drawn.ts';
import { harmless } from './harmless.ts';
import { harmlessWatched } from './harmless-watched.ts';
import { leaking } from './leaking.ts';

/** Classes of servers, by name: each draws one of them. */
export const classes: Readonly<Record<string, Draw>> = { ...leaking, ...harmless, ...harmlessWatched };
