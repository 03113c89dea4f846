import type { Judgement } from '../judge/judgement.ts';
import type { VerdictOptions } from '../judge/options.ts';
import { regionsOf } from '../judge/regions.ts';
import { livesOf } from '../samples/lives.ts';
import type { Sample, Unit } from '../samples/sample.ts';
import { rateOf } from '../statistics/rate.ts';
import type { Estimate } from '../statistics/theil-sen.ts';
import { deathsOf, difference } from './deaths.ts';
import { isPressure } from './garbage.ts';
import { type JudgedLife, judgeLife } from './judge-life.ts';
import { sentenceOf } from './sentence.ts';
import { secondsToLimit } from './time-to-limit.ts';
import type { Finding, Verdict } from './verdict.ts';
import { whereOf } from './where.ts';

/** Of a verdict all but its words. */
export type Unsaid = Omit<Verdict, 'sentence'>;

/**
 * What memory does, by readings of a server. With phases (baseline, load, after, load, after, idle) the procedure is
 * judged; without them what somebody recorded while the load came and went. Of several lives of the process the newest
 * that can be judged counts. Readings need not be complete or in order; none is needed for "not enough data".
 */
export function verdictOf(samples: readonly Sample[], options: VerdictOptions = {}): Verdict {
  const lives = livesOf(samples);
  const judged = lives.filter((life) => life.length > 1).map((life) => judgeLife(life, options));
  const decided = judged.findLast((life) => findingOf(life) !== 'not enough data');
  const chosen = decided ?? judged.toSorted((one, other) => one.life.length - other.life.length).at(-1);
  const unsaid = chosen === undefined ? nothingKnown(options) : told(chosen, options);
  // Who has ended reaches no limit any more.
  const isOver = options.ended !== undefined ? { seconds_to_limit: null } : {};
  const withDeaths = { ...unsaid, ...isOver, deaths: deathsOf(lives, options) };
  return { ...withDeaths, sentence: sentenceOf(withDeaths) };
}

function findingOf({ main, life, garbage_bytes }: JudgedLife): Finding {
  if (main === null || main.course === 'unclear') return 'not enough data';
  if (main.course === 'grows') return 'leak';
  if (isPressure(garbage_bytes, life.at(-1) as Sample)) return 'allocation pressure';
  return main.course === 'levelled' ? 'warm-up' : 'stable';
}

function told(judged: JudgedLife, options: VerdictOptions): Unsaid {
  const { life, main, judgements, garbage_bytes } = judged;
  const finding = findingOf(judged);
  const grows = finding === 'leak' && main !== null;
  const isGrowing = main !== null && (main.course === 'grows' || main.course === 'unclear');
  const sockets = judgements.find(({ kind, course }) => kind === 'sockets' && course === 'grows');
  const bytes = main?.kind === 'sockets' ? rateOver(judged, main.unit) : (main?.rate ?? null);
  return {
    ...nothingKnown(options),
    finding,
    confidence: main?.confidence ?? 0,
    unit: main === null || finding === 'stable' ? null : main.unit,
    alike: grows ? main.alike : [],
    bytes_per_unit: plain(bytes),
    bytes_per_request: plain(main?.unit === 'request' ? bytes : rateOver(judged, 'request')),
    sockets_per_unit: plain(sockets?.rate ?? null),
    steps: grows ? main.steps : null,
    where: grows ? whereOf(life, main, judgements) : null,
    afterLoad: main?.equalLoads ?? false,
    grown_bytes: bytesGrown(judged),
    garbage_bytes,
    seconds_to_limit: isGrowing && bytes !== null ? secondsToLimit(life, main, bytes) : null,
    more: finding === 'not enough data' ? (main?.more ?? null) : null,
    requests: difference(life, ({ requests_total }) => requests_total),
    failed_requests: difference(life, ({ failed_total }) => failed_total),
    judgements,
  };
}

const plain = (rate: Estimate | null): Estimate | null =>
  rate && { low: rate.low, value: rate.value, high: rate.high };

function bytesGrown({ main, judgements }: JudgedLife): number {
  const ofBytes = main?.kind === 'sockets' ? judgements.find(({ kind }) => kind !== 'sockets') : main;
  return ofBytes?.grown ?? 0;
}

/** Growth of the kind that counts, by another unit than its own. */
function rateOver({ main, curves }: JudgedLife, unit: Unit): Estimate | null {
  const curve = curves.find(({ kind }) => kind === main?.kind) ?? curves[0];
  return curve === undefined ? null : (rateOf(regionsOf(curve, unit).tail) ?? null);
}

function nothingKnown({ threshold_bytes = 100 }: VerdictOptions): Unsaid {
  const judgements: readonly Judgement[] = [];
  return {
    finding: 'not enough data',
    confidence: 0,
    unit: null,
    alike: [],
    bytes_per_unit: null,
    bytes_per_request: null,
    sockets_per_unit: null,
    steps: null,
    where: null,
    afterLoad: false,
    grown_bytes: 0,
    garbage_bytes: null,
    seconds_to_limit: null,
    threshold_bytes,
    more: null,
    requests: null,
    failed_requests: null,
    deaths: [],
    judgements,
  };
}
