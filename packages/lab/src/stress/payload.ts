import { readFileSync, type Stats, statSync } from 'node:fs';
import { extname } from 'node:path';
import { bodyOf } from '@leak-lab/workload';
import { reasonOf } from '../lab-error.ts';
import { formatMegabytes } from '../text/bytes.ts';
import { refused } from './refused.ts';

/** What each request brings. */
export interface Payload {
  readonly name: string;
  readonly body: Buffer;
  readonly content_type: string;
}

/** Sent by every worker at once, out of memory. */
const most_bytes = 64 * 2 ** 20;
const types: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
  '.csv': 'text/csv',
};

/** The body of that name, `small` or `large`, else the file. Throws a `LabError` where it is none that can be sent. */
export function payloadOf(name: string): Payload {
  if (name === 'small' || name === 'large') {
    return { name, body: Buffer.from(bodyOf(name)), content_type: 'application/json' };
  }
  const bad = (came: string, advice = './lab stress --payload large, or a file of yours') =>
    refused({
      problem: `The payload ${name} cannot be sent.`,
      expected: `small, large, or a file of at most ${formatMegabytes(most_bytes)}`,
      came,
      advice,
    });
  let stats: Stats;
  try {
    stats = statSync(name);
  } catch (thrown) {
    throw bad(reasonOf(thrown));
  }
  if (!stats.isFile()) throw bad(stats.isDirectory() ? 'a folder' : 'something that is no file');
  if (stats.size > most_bytes)
    throw bad(`a file of ${formatMegabytes(stats.size)}`, 'send a smaller one, more often');
  try {
    const content_type = types[extname(name).toLowerCase()] ?? 'application/octet-stream';
    return { name, body: readFileSync(name), content_type };
  } catch (thrown) {
    throw bad(reasonOf(thrown));
  }
}
