import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeFigures } from '../../../test/soak/figures.ts';
import { heapLeaks } from '../../../test/support/leaks.ts';
import { type RunningService, startUpstream } from '../../../test/support/processes.ts';
import { type Trial, tryGuard } from './guard-trial.ts';

const trials_wanted = Number(process.env['TRIALS'] || 200);
const limit_bytes = 256 * 2 ** 20;
/** The leaks end the service at some 12,500 requests; a snapshot is asked for at any moment before. */
const mostEntries = 11_500;

const leaks = heapLeaks.map(({ id }) => id);
const trials: Trial[] = [];
let upstream: RunningService;
beforeAll(async () => {
  upstream = await startUpstream({ env: { LATENCY_MS: '60000' } });
});
afterAll(async () => {
  await upstream.stop();
  const rows = [...leaks, 'all'].map((leak) => {
    const some = asked().filter((trial) => leak === 'all' || trial.leak === leak);
    const allowed = some.filter(({ fits }) => fits);
    const refused = some.filter(({ fits }) => !fits);
    const died = (list: readonly Trial[]) => list.filter(({ survived }) => !survived).length;
    return `| ${leak} | ${some.length} | ${allowed.length} | ${died(allowed)} | ${refused.length} | ${died(refused)} |`;
  });
  writeFigures('guard', 'Snapshots asked for at random moments of a leak, 256 MB, limit kept by the kernel', [
    '| leak | asked | allowed | of these killed the process | refused | of these, forced, killed it |',
    '|---|---|---|---|---|---|',
    ...rows,
  ]);
});

/** Those before which the leak itself did not end the service. */
const asked = () => trials.filter(({ ended_before }) => !ended_before);

it(`${trials_wanted} snapshots: none that was allowed kills, nine in ten that were refused would have`, async () => {
  for (let number = 0; asked().length < trials_wanted; number++) {
    const entries = Math.round(300 + Math.random() * (mostEntries - 300));
    // Some processes have taken one before, which makes the next one cheaper.
    const firstAt =
      Math.random() < 0.3 ? Math.round(Math.min(entries - 100, 200 + Math.random() * 2_000)) : undefined;
    const leak = leaks[number % leaks.length] as string;
    trials.push(await tryGuard({ leak, entries, limit_bytes, upstreamUrl: upstream.url, firstAt }));
  }
  const allowed = asked().filter(({ fits }) => fits);
  const refused = asked().filter(({ fits }) => !fits);
  expect(allowed.filter(({ survived }) => !survived)).toEqual([]);
  expect(allowed.flatMap(({ litter }) => litter)).toEqual([]);
  const wouldHaveDied = refused.filter(({ survived }) => !survived).length;
  expect(wouldHaveDied / refused.length).toBeGreaterThanOrEqual(0.9);
});
