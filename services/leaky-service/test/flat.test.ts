import { workflowEvent } from '@leak-lab/workload';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaks } from '../../../test/support/leaks.ts';
import { catalogue } from '../src/leaks/catalogue.ts';
import type { Leak } from '../src/leaks/leak.ts';
import { type Amounts, growthWithFixed, most_bytes, startFlat } from './flat-service.ts';

let url: string;
let stop: () => Promise<unknown>;
beforeAll(async () => {
  const started = await startFlat();
  url = started.service.url;
  stop = started.stop;
});
afterAll(() => stop());

/** A tenth of a large event: it is larger than a receive buffer still, and takes less of the processor. */
const sendingOf = (drive: Leak['drive']) =>
  drive.body === 'large' ? { drive, body: workflowEvent(1, 20_000) } : { drive };

/** Each of those that are on has code that becomes hot, and a store that fills up. */
const amountsFor = (on: readonly Leak[]): Amounts =>
  on.length > 1 ? { warmUp: 3_000, measured: 8_000 } : { warmUp: 1_000, measured: 6_000 };

/** Three at a time: together they may leave no more than one by itself or none, which flat.soak.ts measures. */
const inThrees = (all: readonly Leak[]): Leak[][] =>
  all.length === 0 ? [] : [all.slice(0, 3), ...inThrees(all.slice(3))];

const drives = new Map(catalogue.map(({ drive }) => [drive.path, drive]));

describe.each([...drives.values()])(`keeps less than ${most_bytes} bytes of a request to $path`, (drive) => {
  const driven = inThrees(leaks.filter((leak) => leak.drive.path === drive.path));
  const trials = driven.map((on) => ({ what: on.map(({ id }) => id).join(', '), on }));

  it.each(trials)(
    'with the fixed $what',
    async ({ on }) => {
      expect(await growthWithFixed(url, on, amountsFor(on), sendingOf(drive))).toBeLessThan(most_bytes);
    },
    120_000,
  );
});
