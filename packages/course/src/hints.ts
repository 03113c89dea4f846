import type { Evidence } from './evidence.ts';
import type { Item, Lab } from './lab.ts';
import { fullWords, goneWords } from './measure/remote.ts';
import { requestsBetween } from './measure/requests.ts';
import { openItems } from './parts.ts';
import type { Session } from './progress.ts';
import { isDone } from './session.ts';

const quiet_ms = 60_000;
const young_seconds = 20;

/** A hint, and which item it belongs to. */
export interface Hint {
  readonly key: string;
  readonly words: string;
}

/**
 * The next hint for the first thing that is not done: first what the live state says, then the nudge, then the way.
 * `undefined` where all is done; the last one again where there is no further.
 */
export function nextHint(lab: Lab, session: Session, evidence: Evidence): Hint | undefined {
  const item = openItems(lab, session).find(({ key }) => !isDone(session, key));
  if (item === undefined) return undefined;
  // Whether anything has begun is part of what a drill asks.
  const live = lab.drill ? undefined : liveHint(item, session, evidence);
  const hints = [...(live === undefined ? [] : [live]), ...item.hints];
  const words = hints[session.hinted[item.key] ?? 0] ?? item.hints[1];
  return { key: item.key, words };
}

/** What the state of the lab says about why something cannot be seen or answered yet. */
export function liveHint(item: Item, session: Session, evidence: Evidence): string | undefined {
  if (!evidence.service_is_up)
    return 'The service does not answer: ./lab status says why, and nothing can be measured until it is back.';
  const silent = evidence.patients.filter(({ service_is_up }) => !service_is_up).map(({ name }) => name);
  if (silent.length > 0)
    return `Of the services, ${silent.join(' and ')} does not answer: ./lab status says why, ./lab logs patient-${silent[0]} what it said last. It comes back by itself.`;
  const answer = session.answers[item.key];
  const asked = requestsBetween(evidence, evidence.now_ms - quiet_ms, evidence.now_ms);
  const gone = goneWords(evidence);
  if (gone !== undefined) return gone;
  const own = item.in_the_way?.(evidence);
  if (own !== undefined) return own;
  const full = fullWords(evidence);
  if (full !== undefined)
    return `Nothing grows any more: what took it is full, ${full}. What was measured before is right; ./lab start ${session.lab} --instead begins anew.`;
  if (asked === 0 && item.without_requests !== true)
    return 'No requests in the last 60 s, so nothing can grow. ./lab traffic on lets the customers back, ./lab load sends your own.';
  if (evidence.onset_ms !== null) {
    if (evidence.onset_ms > evidence.now_ms - young_seconds * 1000)
      return 'What you saw so far is the service as it was before anything happened. Look again in half a minute.';
    if (answer?.state === 'wrong' && answer.given_at_ms < evidence.onset_ms)
      return 'Your answer came before anything had begun: what you measured was the healthy service.';
  }
  const death = evidence.deaths.at(-1);
  if (death !== undefined && answer?.state === 'wrong' && death.time_ms > answer.given_at_ms - quiet_ms)
    return 'The service died while you measured. What is read before and after a death belongs to two processes: measure within one.';
  return undefined;
}
