/**
 * Runs as a process of its own, by tryBehaviour(): tries the learner's file, and tells of each expectation before and after it.
 *
 *   node --expose-gc child.ts ID PATH NOTE
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Feature, FeatureOptions } from '../../../services/leaky-service/src/features/feature.ts';
import { messageOf, placeInStack, stackOf } from '../../../services/leaky-service/src/work/code-place.ts';
import { watchEnd } from '../../../services/leaky-service/src/work/end-watch.ts';
import { loadClass } from '../../../services/leaky-service/src/work/load.ts';
import { StuckWatch } from '../../../services/leaky-service/src/work/stuck-watch.ts';
import { Bench } from './bench.ts';
import type { Expectation } from './expectation.ts';
import { lineOfMethod } from './line-of-method.ts';
import { type LabLeak, purposes } from './purposes.ts';
import type { Failure, Word } from './words.ts';

const [id, path = '', note = ''] = process.argv.slice(2);
const purpose = purposes[id as LabLeak];
const folder = pathToFileURL(`${dirname(path)}/`);
const file = basename(path);
const text = existsSync(path) ? readFileSync(path, 'utf8') : '';

const watching = { note, endings: undefined, patience_ms: 5_000 };
const stopEndWatch = watchEnd(folder, watching);
const stuck = new StuckWatch(folder, watching);
const say = (word: Word): void => {
  process.send?.(word);
};

say({ kind: 'begins', expectation: 'The file is loaded' });
try {
  const made = await loadClass({ file, className: purpose.className }, folder);
  const missing = purpose.methods.filter(
    (name) => typeof made.prototype[name as keyof Feature] !== 'function',
  );
  if (missing.length === 0) for (const expectation of purpose.expectations) await attempt(expectation, made);
  else say(failed(`${purpose.className} has ${missing.join('() and ')}()`, 'it has not', null));
} catch (error) {
  const { details } = error as { details?: { reason?: string; line?: number | null } };
  say(failed('The file is loaded', details?.reason ?? messageOf(error), details?.line ?? null));
}
stuck.stop();
stopEndWatch();
process.send?.({ kind: 'done' } satisfies Word, () => process.exit(0));

async function attempt(
  { says, of, check }: Expectation<Feature>,
  made: new (options: FeatureOptions) => Feature,
): Promise<void> {
  say({ kind: 'begins', expectation: says });
  try {
    const came = await check(new Bench(made));
    if (came !== undefined) say(failed(says, came, lineOfMethod(text, of)));
  } catch (error) {
    const line = placeInStack(stackOf(error), folder)?.line ?? lineOfMethod(text, of);
    say(failed(says, messageOf(error), line));
  }
}

function failed(expectation: string, came: string, line: number | null): Word {
  return { kind: 'failed', failure: { expectation, came, file, line } satisfies Failure };
}
