import { defineConfig } from 'vitest/config';

const minute_ms = 60_000;

/** Tests of the stack that start several, or measure: nothing else of the tier runs beside them. */
const alone = ['alerts', 'controls', 'kept-small'].map((name) => `test/stack/${name}.test.ts`);

/** Most of these tests wait for another process: with a third file two cores are busy for two thirds of the time. */
const waiting = { maxWorkers: 3 };

/** One project for each tier, so that `./lab test` picks them by name. */
export default defineConfig({
  test: {
    // Vitest would run one file at a time on two cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          ...waiting,
          include: [
            '{packages,services}/*/{src,test,web/src}/**/*.test.ts',
            '{k6,prometheus,grafana}/**/*.test.ts',
            'test/signals/**/*.test.ts',
          ],
          testTimeout: 0.5 * minute_ms,
          // Hooks start real processes.
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
          include: ['test/course/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 5 * minute_ms,
          hookTimeout: 2 * minute_ms,
        },
      },
      {
        test: {
          name: 'pictures',
          include: ['test/course/**/*.pictures.ts'],
          testTimeout: 10 * minute_ms,
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
