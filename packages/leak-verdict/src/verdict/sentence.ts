import { amountOf, bytesOf, durationOf, numberOf } from '../report/quantities.ts';
import type { Unit } from '../samples/sample.ts';
import type { Estimate } from '../statistics/theil-sen.ts';
import type { Verdict, Where } from './verdict.ts';

type Unsaid = Omit<Verdict, 'sentence'>;

/** What a person would say of it, the end of the process first where it ended. */
export function sentenceOf(verdict: Unsaid): string {
  return [...verdict.deaths.slice(-1).map(deathInWords), findingInWords(verdict), failures(verdict)]
    .filter((part) => part !== '')
    .join(' ');
}

function findingInWords(verdict: Unsaid): string {
  switch (verdict.finding) {
    case 'leak':
      return leakInWords(verdict);
    case 'allocation pressure':
      return `No leak, but pressure: some ${bytesOf(verdict.garbage_bytes ?? 0)} of garbage come and go, and what is held after a collection does not grow${atMost(verdict)}.`;
    case 'warm-up':
      return `A warm-up: it grew by ${bytesOf(verdict.grown_bytes)} and has levelled out${atMost(verdict)}.`;
    case 'stable':
      return `Stable: no growth${atMost(verdict)}.`;
    case 'not enough data':
      return notEnough(verdict);
  }
}

function leakInWords(verdict: Unsaid): string {
  const { bytes_per_unit, unit, alike, where, steps, sockets_per_unit, seconds_to_limit, afterLoad } =
    verdict;
  const per = unit ?? 'request';
  const stay =
    bytes_per_unit === null
      ? `memory stays ${places[where ?? 'heap']}`
      : `${bytesOf(bytes_per_unit.value)} for each ${per} (${rangeOf(bytes_per_unit)}) stay ${places[where ?? 'heap']}`;
  // Sockets are counted; what they weigh can be lost among what else memory does.
  const what = where === 'sockets' && (bytes_per_unit?.low ?? 0) <= 0 ? 'sockets stay open' : stay;
  const parts = [
    `A leak: ${what}${afterLoad ? ', when the load is gone and with the next load as before' : ', at a rate that did not fall, and more than a cache should take'}.`,
    alike.length > 0 &&
      `Whether it is by the ${[per, ...alike].join(' or the ')} cannot be told apart: they went together.`,
    sockets_per_unit && `A socket stays open for ${eachOf(1 / sockets_per_unit.value, per)}.`,
    steps &&
      `It comes in chunks of some ${bytesOf(steps.bytes_each)}, one in ${amountOf(steps.units_each, per)}.`,
    seconds_to_limit && `At this rate the limit is reached in ${durationOf(seconds_to_limit.value)}.`,
  ];
  return parts.filter((part) => typeof part === 'string').join(' ');
}

const places: Readonly<Record<Where, string>> = {
  heap: 'in the heap',
  external: 'outside of the heap, in buffers',
  resident: 'in memory that no heap counts',
  sockets: 'with open sockets',
  'another server': 'in the other server',
};

function notEnough({ more, bytes_per_unit, unit }: Unsaid): string {
  if (more === null) return 'Not enough data: no memory was read, or nothing came between the readings.';
  const so =
    bytes_per_unit === null ? '' : ` So far ${rangeOf(bytes_per_unit)} for each ${unit ?? 'request'}.`;
  const seconds =
    more.seconds === null || more.unit === 'second'
      ? ''
      : `, about ${durationOf(more.seconds)} at the rate so far`;
  return `Not enough data: ${more.why}. It takes ${amountOf(more.amount, more.unit)} more${seconds}.${so}`;
}

function deathInWords({ killed, used_bytes, limit_bytes, requests }: Verdict['deaths'][number]): string {
  const at = used_bytes === null ? '' : ` at ${bytesOf(used_bytes)}`;
  const of = limit_bytes === null || used_bytes === null ? '' : ` of ${bytesOf(limit_bytes)}`;
  const after = requests === null ? '' : ` after ${amountOf(requests, 'request')}`;
  return `The process ${killed ? 'was killed' : 'ended'}${at}${of}${after}.`;
}

function failures({ failed_requests, requests }: Unsaid): string {
  if (failed_requests === null || failed_requests === 0 || requests === null) return '';
  return `${numberOf(failed_requests)} of ${amountOf(requests, 'request')} failed.`;
}

function atMost({ bytes_per_request, bytes_per_unit, unit }: Unsaid): string {
  const by = bytes_per_request ?? bytes_per_unit;
  if (by === null) return '';
  return ` (at most ${bytesOf(Math.max(0, by.high))} for each ${bytes_per_request === null ? (unit ?? 'second') : 'request'})`;
}

const eachOf = (amount: number, unit: Unit): string =>
  numberOf(amount) === '1' ? `each ${unit}` : `every ${amountOf(amount, unit)}`;

const rangeOf = ({ low, high }: Estimate): string => `${bytesOf(low)} to ${bytesOf(high)}`;
