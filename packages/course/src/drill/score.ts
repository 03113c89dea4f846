import { type Incident, isFalseAlarm } from '@leak-lab/incident';
import { bytesOf } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import { endedByMemory } from '../measure/deaths.ts';
import type { Session } from '../progress.ts';
import { listed } from './forms.ts';
import { measuredEach, set_bytes, unitOf, used_bytes } from './grown.ts';
import { keptUp } from './kept-up.ts';
import { type Place, places } from './places.ts';
import { type DrillKey, drillQuestions, isLeak, isNone, never, saysNone } from './questions.ts';
import { type TimeLeft, timeLeft } from './time-left.ts';

/** What each part is worth; together 100, and 120 where the service is to be kept up as well. */
export const points = {
  finding: 20,
  grows_by: 15,
  bytes_each: 20,
  file: 15,
  function: 5,
  holder: 10,
  kill_in: 15,
  kept_up: 20,
} as const;

/** Sizes and times may be off by as much. */
const size_tolerance = 0.25;
const time_tolerance = 0.3;
const leastSlack_seconds = 15;

export type ScoredKey = DrillKey | 'kept_up';

export interface PartScore {
  readonly key: ScoredKey;
  /** What it brought; below 0 for a false alarm or a miss. */
  readonly points: number;
  readonly of: number;
  readonly given: string | null;
  /** What is right, and how it is known. */
  readonly was: string;
}

export interface Score {
  readonly points: number;
  readonly of: number;
  readonly parts: readonly PartScore[];
}

/** A part of the answer held against what was measured: from 0 to 1 of its points. */
interface Held {
  readonly share: number;
  readonly was: string;
}

/**
 * Scores what was answered in a drill against what was recorded of it. A false alarm and a miss cost what a right finding
 * brings, and nothing else counts then; of a false alarm what does not apply is given to who found it and named nothing.
 */
export function scoreOf(
  answers: Session['answers'],
  incident: Incident,
  level: number,
  evidence: Evidence,
): Score {
  const isAlarm = isFalseAlarm(incident.leaks[0]?.id ?? '');
  const keys: readonly ScoredKey[] = [
    ...drillQuestions.map(({ key }) => key as DrillKey),
    ...(level >= 2 ? (['kept_up'] as const) : []),
  ];
  const finding = answers['finding']?.value;
  const isFound = finding === (isAlarm ? isNone : isLeak);
  const parts = keys.map((key): PartScore => {
    const [of, given] = [points[key], answers[key]?.value ?? null];
    const { share, was } = heldAgainst(key, answers[key], incident, evidence, isAlarm);
    if (key === 'finding')
      return { key, points: finding === undefined ? 0 : isFound ? of : -of, of, given, was };
    // Without a finding a place is still a place; with the wrong one it is guesswork.
    const counts = isFound || (finding === undefined && !isAlarm);
    return { key, points: counts ? Math.round(share * of) : 0, of, given, was };
  });
  const sum = (of: (part: PartScore) => number) => parts.reduce((total, part) => total + of(part), 0);
  return { points: sum((part) => part.points), of: sum((part) => part.of), parts };
}

function heldAgainst(
  key: ScoredKey,
  answer: Session['answers'][string] | undefined,
  incident: Incident,
  evidence: Evidence,
  isAlarm: boolean,
): Held {
  if (key === 'finding') return { share: 1, was: isAlarm ? isNone : isLeak };
  if (key === 'kept_up') {
    const { seen, saw } = keptUp(evidence, incident);
    return { share: seen ? 1 : 0, was: saw };
  }
  const given = answer?.value ?? null;
  if (isAlarm) return { share: given === null || saysNone(given) ? 1 : 0, was: 'nothing, as it is no leak' };
  const held = ofLeak(key, given, incident, evidence, answer?.given_at_ms ?? evidence.now_ms);
  return given === null ? { ...held, share: 0 } : held;
}

function ofLeak(
  key: Exclude<ScoredKey, 'finding' | 'kept_up'>,
  given: string | null,
  incident: Incident,
  evidence: Evidence,
  given_at_ms: number,
): Held {
  const right = incident.leaks.flatMap(({ id }) => places[id] ?? []);
  const words = (of: (place: Place) => readonly string[], shown = of): Held => ({
    share: right.some((place) => of(place).some((one) => alike(key, one, given))) ? 1 : 0,
    was: [...new Set(right.flatMap(shown))].join(', '),
  });
  switch (key) {
    case 'grows_by':
      return words(({ grows_by }) => [grows_by]);
    case 'holder':
      return words(({ holder }) => [holder]);
    case 'function':
      return words(
        ({ file, functions }) => [...functions, ...measuredFunctions(evidence, file)],
        ({ functions: [first = ''] }) => [first],
      );
    case 'file':
      return { share: namedShare(right, given), was: right.map(({ file }) => file).join(', ') };
    case 'bytes_each':
      return sizeHeld(given, incident, evidence);
    case 'kill_in':
      return timeHeld(given, incident, evidence, given_at_ms);
  }
}

const formOf = (key: string) => drillQuestions.find((question) => question.key === key)?.form;
const alike = (key: string, right: string, given: string | null): boolean => {
  const same = formOf(key)?.same;
  return given !== null && same !== undefined && same(right) === same(given);
};

/** Of the files that were to be named those that were, less those that were not; from 0 to 1. */
function namedShare(right: readonly Place[], given: string | null): number {
  const same = formOf('file')?.same ?? ((words: string) => words);
  const named = new Set(listed(given ?? '').map(same));
  const wanted = new Set(right.map(({ file }) => same(file)));
  return Math.max(0, (wanted.intersection(named).size - named.difference(wanted).size) / wanted.size);
}

/** The functions of a file that a profile has seen to make what stays. */
const measuredFunctions = (evidence: Evidence, file: string): string[] =>
  evidence
    .lines()
    .flatMap((line) => (line.file.endsWith(`/${file}`) && line.growth_bytes > 0 ? [line.function] : []));

function sizeHeld(given: string | null, incident: Incident, evidence: Evidence): Held {
  const measured = measuredEach(evidence, incident);
  const values = [
    set_bytes(incident),
    used_bytes(incident),
    ...(measured !== undefined && measured.low > 0 ? [measured.value] : []),
  ];
  const was = `${bytesOf(set_bytes(incident))} of each of the ${unitOf(incident)}`;
  return {
    share: numbersIn('bytes_each', given).some((one) =>
      values.some((value) => Math.abs(one - value) <= size_tolerance * value),
    )
      ? 1
      : 0,
    was: measured === undefined ? was : `${was}; measured: ${bytesOf(measured.value)}`,
  };
}

function timeHeld(given: string | null, incident: Incident, evidence: Evidence, given_at_ms: number): Held {
  if (incident.leaks.some(({ id }) => id === 'keys')) {
    return {
      share: given?.trim().toLowerCase() === never ? 1 : 0,
      was: `${never}: it is another server that fills`,
    };
  }
  // What is said after it has happened says nothing; the clock keeps such answers out as well.
  const isLate = evidence.deaths.some(
    ({ time_ms, ended_by }) => time_ms <= given_at_ms && endedByMemory.has(ended_by),
  );
  const left = timeLeft(evidence, incident, given_at_ms);
  const values = [...(left.killed === undefined ? [] : [left.killed]), ...left.foretold];
  const near = (one: number) =>
    values.some((value) => Math.abs(one - value) <= Math.max(leastSlack_seconds, time_tolerance * value));
  return { share: !isLate && numbersIn('kill_in', given).some(near) ? 1 : 0, was: timeWords(left) };
}

/** As "73 s; foretold 70 to 81 s". */
function timeWords({ killed, foretold }: TimeLeft): string {
  const [least, most] = [Math.min(...foretold), Math.max(...foretold)].map(Math.round);
  const words = [
    ...(killed === undefined ? [] : [`${Math.round(killed)} s`]),
    ...(foretold.length === 0 ? [] : [`foretold ${least === most ? '' : `${least} to `}${most} s`]),
  ];
  return words.length === 0 ? 'not known: too little was seen of it until then' : words.join('; ');
}

function numbersIn(key: DrillKey, given: string | null): readonly number[] {
  const reading = given === null ? undefined : formOf(key)?.read(given);
  return reading?.kind === 'numbers' ? reading.values : [];
}
