import type { DeathSummary, Now, SnapshotRecord } from '../api/contract.ts';
import { inWords } from '../deaths/in-words.ts';

export interface IndexFacts {
  readonly now: Now;
  readonly span: { readonly first_ms: number; readonly last_ms: number } | undefined;
  readonly deaths: readonly DeathSummary[];
  readonly snapshots: readonly SnapshotRecord[];
}

const time = (time_ms: number): string => new Date(time_ms).toISOString().replace('T', ' ').slice(0, 19);
const megabytes = (bytes: number | null): string =>
  bytes === null ? 'unknown' : `${(bytes / 2 ** 20).toFixed(1)} MB`;
/** Names may hold what Markdown would act on. */
const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>|#]/g, '\\$&').replaceAll(/\s+/g, ' ');

/** What to read first: what is in the archive, and what it says in short. */
export function indexPage({ now, span, deaths, snapshots }: IndexFacts): string {
  return [
    '# Evidence of a Leak Lab',
    '',
    `Written ${time(now.time_ms)} UTC. ${span ? `Recorded from ${time(span.first_ms)} to ${time(span.last_ms)} UTC.` : 'Nothing was recorded.'}`,
    `The service then: ${plain(now.service.message)}`,
    '',
    '| file | what it holds |',
    '| --- | --- |',
    '| samples/*.csv | one line a second of the last 24 hours, a file an hour; sizes in bytes, times in ms since 1970 |',
    '| minutes/*.csv | two lines a minute: all lowest values, then all highest |',
    '| events.json | leaks, load, snapshots, deaths, restarts |',
    '| deaths/*.json | each death with the minute before it |',
    '| allocations/*.json | live allocations by line |',
    '| diffs/*.json | comparisons of snapshots: classes, paths, collections that grow |',
    '| snapshots.json | the snapshots that are kept; the files themselves are not in here |',
    '',
    `## Deaths (${deaths.length})`,
    '',
    ...(deaths.length === 0 ? ['None.'] : deaths.map(deathLine)),
    '',
    `## Snapshots (${snapshots.length})`,
    '',
    ...(snapshots.length === 0 ? ['None.'] : snapshots.map(snapshotLine)),
    '',
  ].join('\n');
}

function deathLine(death: DeathSummary): string {
  const { id, time_ms, uptime_seconds, last_usage_bytes, limit_bytes, top_line, known_by } = death;
  const lived = uptime_seconds === null ? '' : ` after ${uptime_seconds.toFixed(0)} s`;
  const line =
    top_line === null ? '' : ` Grew most: ${plain(top_line.location)}, ${megabytes(top_line.growth_bytes)}.`;
  return `- [${id}](deaths/${id}.json) ${time(time_ms)}${lived}: ${plain(inWords(death))}, at ${megabytes(last_usage_bytes)} of ${megabytes(limit_bytes)}. Known: ${plain(known_by)}.${line}`;
}

function snapshotLine({ id, taken_at_ms, pid, size_bytes, fault }: SnapshotRecord): string {
  return `- ${id} ${time(taken_at_ms)}, process ${pid}, ${megabytes(size_bytes)}${fault === null ? '' : ` (${plain(fault)})`}`;
}
