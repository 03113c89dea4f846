import { defineConfig } from 'vitest/config';

const minute_ms = 60_000;

/** Tests of the stack that start several, or measure: nothing else of the tier runs beside them. */
const alone = ['alerts', 'controls', 'kept-small'].map((name) => `test/stack/${name}.test.ts`);

/** One project for each tier, so that `./lab test` picks them by name. */
export default defineConfig({
  test: {
    // Most tests wait for another process: two files at a time halve the time on two cores, where Vitest runs one.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{packages,services}/*/{src,test,web/src}/**/*.test.ts',
            '{k6,prometheus,grafana}/**/*.test.ts',
            'test/signals/**/*.test.ts',
          ],
          testTimeout: 0.5 * minute_ms,
        },
      },
      {
        test: {
          name: 'embedded',
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
