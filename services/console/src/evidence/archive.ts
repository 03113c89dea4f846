import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { sampleColumns } from '../api/contract.ts';
import type { EvidenceDeps } from '../api/evidence.ts';
import { allocationsAt } from '../store/allocations.ts';
import { listDeaths, readDeath } from '../store/deaths.ts';
import { allDiffs } from '../store/diffs.ts';
import { eventsBetween } from '../store/events.ts';
import { minuteRows } from '../store/minutes.ts';
import { recordedSpan, sampleRows } from '../store/samples.ts';
import { csv } from './csv.ts';
import { indexPage } from './index-page.ts';

const hour_ms = 3_600_000;
const day_ms = 24 * hour_ms;

/** Writes all that is recorded to `output`, a gzipped tar under one folder; a piece at a time, so that none is large. */
export async function writeArchive(deps: EvidenceDeps, folder: string, output: Writable): Promise<void> {
  const archive = pack();
  const sent = pipeline(archive, createGzip(), output);
  const filled = fill(deps, folder, archive).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error as Error),
  );
  await Promise.all([sent, filled]);
}

async function fill({ store, shelf, now }: EvidenceDeps, folder: string, archive: Pack): Promise<void> {
  const { database } = store;
  const add = (name: string, text: string): Promise<void> => addFile(archive, `${folder}/${name}`, text);
  const state = now();
  const span = recordedSpan(database);
  const deaths = listDeaths(database);
  const snapshots = shelf?.list() ?? [];
  await add('index.md', indexPage({ now: state, span, deaths, snapshots }));
  await add('now.json', inJson(state));
  await add('events.json', inJson(eventsBetween(database, 0, Number.MAX_SAFE_INTEGER)));
  await add('snapshots.json', inJson(snapshots));
  for (const { id } of deaths) {
    const death = readDeath(database, id);
    if (death) await add(`deaths/${id}.json`, inJson(death));
  }
  for (const diff of allDiffs(database)) await add(`diffs/${diff.id}.json`, inJson(diff));
  for (const [name, at_ms] of profileTimes(database)) {
    await add(`allocations/${name}.json`, inJson(allocationsAt(database, at_ms, undefined)));
  }
  if (span === undefined) return;
  for (let from = span.first_ms - (span.first_ms % hour_ms); from <= span.last_ms; from += hour_ms) {
    const text = csv(sampleColumns, sampleRows(database, from, from + hour_ms - 1));
    if (text !== undefined) await add(`samples/${stamp(from)}.csv`, text);
  }
  for (let from = span.first_ms - (span.first_ms % day_ms); from <= span.last_ms; from += day_ms) {
    const text = csv(sampleColumns, minuteRows(database, from, from + day_ms - 1));
    if (text !== undefined) await add(`minutes/${stamp(from).slice(0, 10)}.csv`, text);
  }
}

/** The last profile of each life and each hour: enough to follow what grew. */
function* profileTimes(
  database: EvidenceDeps['store']['database'],
): Generator<[name: string, at_ms: number]> {
  const sql = `SELECT max(time_ms) AS at, life FROM allocation_profiles GROUP BY life, time_ms / ${hour_ms} ORDER BY at`;
  for (const row of database.all(sql)) {
    yield [`${stamp(Number(row['at']))}-life-${row['life']}`, Number(row['at'])];
  }
}

const stamp = (time_ms: number): string => new Date(time_ms).toISOString().slice(0, 19).replaceAll(':', '-');
const inJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Waits until the reader has taken the file, so that at most one is in memory. */
function addFile(archive: Pack, name: string, text: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  archive.entry({ name, mtime: new Date() }, text, (error) => (error ? reject(error) : resolve()));
  return promise;
}
