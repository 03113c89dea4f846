import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const minute_ms = 60_000;

/** Tests of the stack that start several, or measure: nothing else of the tier runs beside them. */
const alone = ['alerts', 'controls', 'kept-small'].map((name) => `test/stack/${name}.test.ts`);

/** Most of these tests wait for another process: with a third file two cores are busy for two thirds of the time. */
const waiting = { maxWorkers: 3 };

/** Tests beside the sources that measure their own process: it is to have nothing in it that others left. */
const ofItsOwnProcess = [
  'packages/heap-snapshot/src/expect-no-growth.test.ts',
  'services/leaky-service/src/orders/order.test.ts',
  'services/leaky-service/src/snapshots/guard.test.ts',
];

/** Tests beside their part that start many lives of it, or install it: more than the first tier's three minutes have room for. */
const longer = [
  'services/leaky-service/test/{incident-effect,keys,live-allocations,snapshots,telemetry,work-ends}.test.ts',
  'services/console/test/{deaths,incidents,killed,killed-at-begin,snapshots}.test.ts',
  'packages/{heap-snapshot/src/testing,leak-verdict/test}/tarball.test.ts',
];

/** Takes minutes by itself: begun last, all else would be done, and half of the machine idle. */
const begunFirst = /\/test\/stack\/labs\.test\.ts$/;

/** By the size of a file, or what it took the last time, as ever, but for those. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted(
      (a, b) => Number(begunFirst.test(b.moduleId)) - Number(begunFirst.test(a.moduleId)),
    );
  }
}

/** One project for each tier, so that `./lab test` picks them by name. */
export default defineConfig({
  test: {
    // Vitest would run one file at a time on two cores.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'unit',
          ...waiting,
          include: ['{packages,services}/*/test/**/*.test.ts', ...ofItsOwnProcess],
          exclude: longer,
          testTimeout: 0.5 * minute_ms,
          // Hooks start real processes.
          hookTimeout: 0.5 * minute_ms,
        },
      },
      {
        test: {
          name: 'modules',
          ...waiting,
          // A hundred files that leave nothing behind: a process for each would take longer than what they test.
          isolate: false,
          include: [
            '{packages,services}/*/{src,web/src}/**/*.test.ts',
            '{k6,prometheus,grafana}/**/*.test.ts',
            'test/{signals,texts}/**/*.test.ts',
          ],
          exclude: [...ofItsOwnProcess, ...longer],
          testTimeout: 0.5 * minute_ms,
          hookTimeout: 0.5 * minute_ms,
        },
      },
      {
        test: {
          name: 'embedded',
          ...waiting,
          include: ['test/embedded/**/*.test.ts'],
          testTimeout: 3 * minute_ms,
          hookTimeout: 1 * minute_ms,
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/stack/**/*.test.ts'],
          exclude: alone,
          testTimeout: 10 * minute_ms,
          hookTimeout: 10 * minute_ms,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'stack-alone',
          include: alone,
          fileParallelism: false,
          testTimeout: 10 * minute_ms,
          hookTimeout: 10 * minute_ms,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'course',
          include: ['test/course/**/*.test.ts', ...longer],
          // Most of a lab is waiting; elsewhere texts need the lab's own ports, one at a time.
          ...(process.platform === 'linux' ? waiting : { fileParallelism: false }),
          // A second, as it is otherwise, is little for a page beside two labs.
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 5 * minute_ms,
          hookTimeout: 2 * minute_ms,
        },
      },
      {
        test: {
          name: 'pictures',
          include: ['test/course/**/*.pictures.ts'],
          testTimeout: 10 * minute_ms,
          hookTimeout: 1 * minute_ms,
        },
      },
      {
        test: {
          name: 'record',
          include: ['test/stack/record/**/*.record.ts'],
          env: { KEEP_RECORDINGS: '1' },
          fileParallelism: false,
          testTimeout: 60 * minute_ms,
          hookTimeout: 10 * minute_ms,
        },
      },
      {
        test: {
          name: 'soak',
          include: ['{packages,services}/*/{src,test}/**/*.soak.ts', 'test/soak/**/*.soak.ts'],
          fileParallelism: false,
          testTimeout: 60 * minute_ms,
          hookTimeout: 10 * minute_ms,
        },
      },
    ],
  },
});
