import type { Course, SampleColumn, SampleSeries } from '../../../../services/console/src/api/contract.ts';
import type { Learner } from './solution.ts';

/** What the page draws of the lab so far. */
export interface Recorded {
  /** How much a column grew for each of another, in the later two thirds: what grows may begin late. */
  growth(column: SampleColumn, by: SampleColumn): number;
  lowest(column: SampleColumn): number;
  highest(column: SampleColumn): number;
}

/** `service`: "a", the first, or one that a lab has beside it. */
export async function recorded({ console }: Learner, service = 'a'): Promise<Recorded> {
  const { running } = await console.get<Course>('/api/course');
  const { columns } = await console.get<SampleSeries>(
    `/api/samples?service=${service}&from=${running?.started_at_ms}&to=${Date.now()}&points=1000`,
  );
  const known = (column: SampleColumn) => columns[column].filter((value) => value !== null);
  const late = (column: SampleColumn) => columns[column].slice(Math.floor(columns[column].length / 3));
  return {
    lowest: (column) => Math.min(...known(column)),
    highest: (column) => Math.max(...known(column)),
    growth(column, by) {
      const points = late(column).flatMap((value, index) => {
        const other = late(by)[index];
        return value == null || other == null ? [] : [{ value, other }];
      });
      // The value steps with each collection: from the first step to the last.
      const steps = points.filter(({ value }, index) => index > 0 && value !== points[index - 1]?.value);
      const [first, last] = [steps[0], steps.at(-1)];
      if (first === undefined || last === undefined || last.other === first.other) {
        throw new Error(
          `Expected ${column} to have changed while ${by} grew; ${steps.length} changes were recorded.`,
        );
      }
      return (last.value - first.value) / (last.other - first.other);
    },
  };
}
