import { mkdirSync } from 'node:fs';
import pino from 'pino';
import { insertProfile } from '../../src/store/allocations.ts';
import { insertEvent } from '../../src/store/events.ts';
import { rollUpMinutes } from '../../src/store/minutes.ts';
import { insertSample, type RecordedSample, recordedColumns } from '../../src/store/samples.ts';
import { openStore } from '../../src/store/store.ts';
import { Warnings } from '../../src/warnings.ts';

const day_seconds = 86_400;
const megabyte = 2 ** 20;

/** Writes a record of a day that ends now: each second a sample, each ten a profile of forty lines, each minute an event. */
export function writeDay(directory: string): void {
  mkdirSync(directory, { recursive: true });
  const logger = pino({ level: 'silent' });
  const store = openStore(directory, new Warnings(logger), logger);
  const { database } = store;
  const begin_ms = Date.now() - day_seconds * 1000;
  database.transaction(() => {
    for (let second = 0; second < day_seconds; second += 1) {
      const time_ms = begin_ms + second * 1000;
      insertSample(database, 1 + Math.floor(second / 90), sampleAt(time_ms, second));
      if (second % 10 === 0) insertProfile(database, profileAt(time_ms, second));
      if (second % 60 === 0) {
        const id = database.nextId('events');
        insertEvent(database, { id, time_ms, kind: 'gc', title: 'Garbage collected', details: { second } });
      }
    }
    while (rollUpMinutes(database, Date.now(), 24));
  });
  store.close();
}

function sampleAt(time_ms: number, second: number): RecordedSample {
  const value = (column: string, index: number): number =>
    column.endsWith('_bytes')
      ? (((second % 90) * 2 + index) % 250) * megabyte + second
      : second * 0.37 + index;
  const values = recordedColumns.map((column, index) => [column, value(column, index)]);
  return { ...(Object.fromEntries(values) as RecordedSample), time_ms };
}

function profileAt(time_ms: number, second: number) {
  const lines = Array.from({ length: 40 }, (_, line) => ({
    location: `features/part-${line}.ts:${line + 10} keep`,
    file: `features/part-${line}.ts`,
    line: line + 10,
    function: 'keep',
    size_bytes: (second % 90) * line * 1000,
    count: second * line,
  }));
  return { life: 1 + Math.floor(second / 90), time_ms, pid: 1, sampled_since: null, lines };
}
