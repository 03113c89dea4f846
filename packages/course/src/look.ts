import type { Evidence } from './evidence.ts';
import { judge } from './judge.ts';
import type { Lab } from './lab.ts';
import { openItems } from './parts.ts';
import type { Session } from './progress.ts';
import { isDone, withAnswer, withSight } from './session.ts';

/** A session after a look at what was recorded, and what was seen of what is not brought about yet, by its key. */
export interface Looked {
  readonly session: Session;
  readonly saw: ReadonlyMap<string, string>;
}

/** Sees what was brought about, and judges the answers that wait for more to be known; `session` itself where nothing changed. */
export function lookAt(lab: Lab, session: Session, evidence: Evidence, now_ms: number): Looked {
  const saw = new Map<string, string>();
  let after = session;
  for (const item of openItems(lab, session)) {
    if (isDone(after, item.key)) continue;
    if (item.kind === 'effect') {
      const sight = item.look(evidence);
      after = withSight(after, item.key, sight, now_ms);
      saw.set(item.key, sight.saw);
    }
    const answer = after.answers[item.key];
    if (item.kind !== 'question' || answer?.state !== 'waiting') continue;
    const judged = judge(item, answer.value, evidence);
    if (judged.verdict === 'right' || judged.verdict === 'wrong')
      after = withAnswer(after, item, answer.value, judged, now_ms).session;
  }
  return { session: after, saw };
}
