import type { Estimate } from '../statistics/theil-sen.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { amountOf, bytesOf, durationOf, numberOf } from './quantities.ts';
import { inColumns } from './results.ts';

/** A verdict as lines of `name: value`, names padded: what was found, by how much, where, until when; then its sentence. */
export function verdictLines(verdict: Verdict): string[] {
  const { finding, confidence, bytes_per_unit, unit, sockets_per_unit, seconds_to_limit, deaths } = verdict;
  const rows: (readonly [string, string] | false)[] = [
    ['Verdict', finding === 'not enough data' ? finding : `${finding} (confidence ${confidence.toFixed(3)})`],
    bytes_per_unit !== null && unit !== null && [`Bytes per ${unit}`, withInterval(bytes_per_unit, bytesOf)],
    sockets_per_unit !== null && [`Sockets per ${unit}`, withInterval(sockets_per_unit, fraction)],
    verdict.where !== null && ['Where', verdict.where],
    verdict.garbage_bytes !== null && ['Garbage', `${bytesOf(verdict.garbage_bytes)} come and go`],
    seconds_to_limit !== null && ['Limit reached in', withInterval(seconds_to_limit, durationOf)],
    verdict.requests !== null && [
      'Requests',
      `${numberOf(verdict.requests)}${verdict.failed_requests ? `, ${numberOf(verdict.failed_requests)} failed` : ''}`,
    ],
    deaths.length > 0 && ['Ends', deaths.map(endInWords).join('; ')],
  ];
  return [...inColumns(rows.filter((row) => row !== false)), verdict.sentence];
}

const withInterval = ({ low, value, high }: Estimate, inWords: (value: number) => string): string =>
  `${inWords(value)} (${inWords(low)} to ${inWords(high)})`;

const fraction = (value: number): string => value.toPrecision(2);

function endInWords({ killed, used_bytes, requests }: Verdict['deaths'][number]): string {
  const at = used_bytes === null ? '' : ` at ${bytesOf(used_bytes)}`;
  const after = requests === null ? '' : ` after ${amountOf(requests, 'request')}`;
  return `${killed ? 'killed' : 'ended'}${at}${after}`;
}
