import type { Evidence } from '../evidence.ts';
import type { Truth } from '../lab.ts';
import { requestsBetween } from './requests.ts';

/** How many jobs the service runs at a time. */
const atOnce = 4;
const tolerance = 0.25;
const lately_ms = 60_000;

/** Jobs that are finished each second while the upstream is as slow as the incident makes it. */
export function keepsUpTruth({ incident }: Evidence): Truth {
  const latency_ms = incident?.upstream?.latency_ms;
  return latency_ms === undefined
    ? { kind: 'unknown', waits_for: 'an upstream that is slow' }
    : { kind: 'number', values: [atOnce / (latency_ms / 1000)], tolerance };
}

/** Which change ends the growth: where twice the speed would still not keep up with what comes, only a bound does. */
export function sufficientFix(
  evidence: Evidence,
  words: { readonly bound: string; readonly faster: string },
): Truth {
  const speed = keepsUpTruth(evidence);
  const came_perSecond =
    requestsBetween(evidence, evidence.now_ms - lately_ms, evidence.now_ms) / (lately_ms / 1000);
  if (speed.kind !== 'number' || came_perSecond < 1)
    return { kind: 'unknown', waits_for: 'a minute of traffic and a slow upstream' };
  const [finished = 0] = speed.values;
  return { kind: 'words', accepted: [2 * finished < came_perSecond ? words.bound : words.faster] };
}
