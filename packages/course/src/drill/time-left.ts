import type { Incident } from '@leak-lab/incident';
import type { Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import { endedByMemory } from '../measure/deaths.ts';
import { requestsIn } from '../measure/requests.ts';
import { unitsPerSecond, unitsSeen, used_bytes } from './grown.ts';
import { totalOf, waveOf } from './load.ts';

/** A rate is read over so long: longer than from one crest of a load to the next. */
const window_seconds = 60;
/** What is asked now, where that was changed lately. */
const now_seconds = 10;

/** How long the service had at a moment, in seconds. */
export interface TimeLeft {
  /** Until its kill, where it was killed for it afterwards. */
  readonly killed: number | undefined;
  /**
   * By the room that it had then and what goes of it each second: at the rate of the minute before, at that of the last seconds, and at
   * the customers' usual one. They differ where somebody held the customers off, or sent something besides. None where too little is known.
   */
  readonly foretold: readonly number[];
}

export function timeLeft(evidence: Evidence, incident: Incident, at_ms: number): TimeLeft {
  const death = evidence.deaths.find(
    ({ time_ms, ended_by }) => time_ms >= at_ms && endedByMemory.has(ended_by),
  );
  const room = roomAt(evidence, incident, at_ms);
  const before_seconds = Math.max(0, (evidence.onset_ms ?? 0) - at_ms) / 1000;
  return {
    killed: death && (death.time_ms - at_ms) / 1000,
    foretold:
      room === undefined
        ? []
        : ratesAt(evidence, incident, at_ms).map(
            (perSecond) =>
              before_seconds +
              Math.max(0, room.whole_bytes - room.grown_bytes) / (perSecond * used_bytes(incident)),
          ),
  };
}

/** How long a whole life lasts from the onset on, by the room and what went of it each second until then. */
export function wholeLife(evidence: Evidence, incident: Incident, at_ms: number): number | undefined {
  const room = roomAt(evidence, incident, at_ms);
  const [perSecond] = ratesAt(evidence, incident, at_ms);
  return room && perSecond && room.whole_bytes / (perSecond * used_bytes(incident));
}

interface Room {
  /** From an idle process to its limit. */
  readonly whole_bytes: number;
  /** Of it what is gone. */
  readonly grown_bytes: number;
}

function roomAt(evidence: Evidence, incident: Incident, at_ms: number): Room | undefined {
  const life = lifeUntil(evidence, at_ms);
  const limit = life.findLast(({ limit_bytes }) => limit_bytes != null)?.limit_bytes;
  const uses = life.flatMap((sample) => sample.used_bytes ?? []);
  if (limit == null || uses.length === 0) return undefined;
  const since = life.filter(({ time_seconds }) => time_seconds * 1000 >= (evidence.onset_ms ?? 0));
  return {
    whole_bytes: limit - Math.min(...uses),
    grown_bytes: unitsBetween(since, incident) * used_bytes(incident),
  };
}

/** Units a second, in all the ways in which one may take it that it goes on; none where nothing was asked. */
function ratesAt(evidence: Evidence, incident: Incident, at_ms: number): number[] {
  const { load } = incident;
  const life = lifeUntil(evidence, at_ms);
  const last = (seconds: number) =>
    life.filter(({ time_seconds }) => time_seconds * 1000 >= at_ms - seconds * 1000);
  const mean_seconds = (samples: readonly Sample[]) => meanSecondsOf(samples, incident, evidence.begun_ms);
  const [minute, now] = [last(window_seconds), last(now_seconds)];
  const measured = unitsBetween(minute, incident) / mean_seconds(minute);
  if (!(measured > 0)) return [];
  const usual = unitsPerSecond(incident);
  // Of a kind that is rare too few come in seconds: all kinds are asked for in one mix.
  const share = load === undefined ? 0 : usual / totalOf(load);
  const asked = (requestsIn(now) / mean_seconds(now)) * share;
  return [measured, asked, usual].filter((rate) => rate > 0);
}

/** The samples until then of the process that ran then. */
function lifeUntil({ samples }: Evidence, at_ms: number): readonly Sample[] {
  const until = samples.filter(({ time_seconds }) => time_seconds * 1000 <= at_ms);
  return until.filter(({ process }) => process === until.at(-1)?.process);
}

/** How long the mean load would have taken for as much as these samples saw: of a load that comes and goes they may have seen a crest only. */
function meanSecondsOf(samples: readonly Sample[], { load }: Incident, begun_ms: number): number {
  const wave = load === undefined ? () => 1 : waveOf(load);
  return samples.slice(1).reduce((sum, { time_seconds }, index) => {
    const before_seconds = samples[index]?.time_seconds ?? time_seconds;
    const middle_seconds = (time_seconds + before_seconds) / 2 - begun_ms / 1000;
    return sum + (time_seconds - before_seconds) * wave(middle_seconds);
  }, 0);
}

const unitsBetween = (samples: readonly Sample[], incident: Incident): number => {
  const counts = samples.flatMap((sample) => unitsSeen(sample, incident) ?? []);
  return (counts.at(-1) ?? 0) - (counts[0] ?? 0);
};
