import { lookAt, type Session } from '@leak-lab/course';
import type { ConductorDeps } from './conductor-deps.ts';
import type { Trials } from './trials.ts';
import { evidenceOf, type UnderWay } from './under-way.ts';
import type { Glances } from './view.ts';

/** A lab with what was brought about by now, its very session where that is nothing new; and what was seen of what is not there yet. */
export function seen(
  deps: ConductorDeps,
  trials: Trials,
  { lab, session }: UnderWay,
): { readonly session: Session; readonly glances: Glances } {
  // What was tried is seen at once by what is judged by it.
  const taken = trials.taken(session);
  const looked = lookAt(lab, taken, evidenceOf(deps, { lab, session: taken }), deps.now_ms());
  const glances = new Map([...looked.saw].map(([key, saw]) => [key, { saw, waiting: false }]));
  return { session: looked.session, glances };
}
