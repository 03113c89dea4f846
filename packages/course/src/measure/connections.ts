import type { Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';
import { pausesIn, samplesBetween, samplesSinceOnset } from './requests.ts';

/** What came a second may be off from the usual by as much, and is still the usual. */
const usualTimes = { least: 0.6, most: 1.6 };
const least_seconds = 15;
const leastCalls = 8;
const tolerance = 0.2;
const pause_seconds = 10;
/** Of what was open before a pause, as much is open after it where nothing ends. */
const stays = 0.9;

/** From one sample to the next of the same life. */
interface Step {
  readonly seconds: number;
  readonly requests: number;
  /** Calls that were begun and have neither ended nor failed. */
  readonly unfinished: number;
}

function stepsOf(samples: readonly Sample[]): Step[] {
  return samples.slice(1).flatMap((sample, index) => {
    const before = samples[index] as Sample;
    const [now, then] = [sample.calls_unfinished, before.calls_unfinished];
    if (sample.process !== before.process || now == null || then == null) return [];
    return [
      {
        seconds: sample.time_seconds - before.time_seconds,
        requests: (sample.requests_total ?? 0) - (before.requests_total ?? 0),
        unfinished: now - then,
      },
    ];
  });
}

/** Somebody let go of all at once: that says nothing of how fast they come. */
const letGo_calls = 3;

/** Under the usual traffic, since it began to happen. */
function usualSteps(evidence: Evidence, usual_perSecond: number): Step {
  const usual = stepsOf(samplesSinceOnset(evidence)).filter(({ seconds, requests, unfinished }) => {
    const times = requests / seconds / usual_perSecond;
    return times >= usualTimes.least && times <= usualTimes.most && unfinished > -letGo_calls;
  });
  const sum = (read: (step: Step) => number) => usual.reduce((total, step) => total + read(step), 0);
  return {
    seconds: sum(({ seconds }) => seconds),
    requests: sum(({ requests }) => requests),
    unfinished: sum(({ unfinished }) => unfinished),
  };
}

const isKnown = ({ seconds, unfinished }: Step): boolean =>
  seconds >= least_seconds && unfinished >= leastCalls;
const waits_for = `${least_seconds} s of the customers’ usual traffic after it has begun, and ${leastCalls} calls in them that do not end`;

/** Connections that come to those that are open, each minute, under the usual traffic. */
export function connectionsPerMinute(evidence: Evidence, usual_perSecond: number): Truth {
  const steps = usualSteps(evidence, usual_perSecond);
  return isKnown(steps)
    ? { kind: 'number', values: [(60 * steps.unfinished) / steps.seconds], tolerance }
    : { kind: 'unknown', waits_for };
}

/** Of how many requests one begins a call that never ends: as was measured, and as it was set. */
export function oneInRequests(evidence: Evidence, usual_perSecond: number): Truth {
  const steps = usualSteps(evidence, usual_perSecond);
  const [leak] = evidence.incident?.leaks ?? [];
  return isKnown(steps)
    ? {
        kind: 'number',
        values: [steps.requests / steps.unfinished, ...(leak?.one_in === undefined ? [] : [leak.one_in])],
        tolerance,
      }
    : { kind: 'unknown', waits_for };
}

/** Whether the connections stayed through a pause in the traffic. */
export function openThroughPause(evidence: Evidence): Sight {
  const pauses = pausesIn(samplesSinceOnset(evidence), pause_seconds);
  if (pauses.length === 0) return { seen: false, saw: `traffic without a pause of ${pause_seconds} s` };
  for (const { from_ms, to_ms } of pauses) {
    const open = samplesBetween(evidence, from_ms, to_ms).map((sample) => sample.outgoing_connections ?? 0);
    const [first = 0, last = 0] = [open[0], open.at(-1)];
    if (first >= leastCalls && last >= stays * first)
      return { seen: true, saw: `after ${pause_seconds} s without traffic ${last} connections are in use` };
  }
  return { seen: false, saw: 'a pause, before anything was left open' };
}
