/**
 * What the console's API takes and gives, for the page and the command. Times are milliseconds since the epoch
 * (`_ms`) by the console's clock; sizes are bytes. Errors are `{error: {code, message, details}}` as in the service.
 */

export type * from './contract/course.ts';
export * from './contract/deaths.ts';
export type * from './contract/diffs.ts';
export type * from './contract/evidence.ts';
export type * from './contract/now.ts';
export * from './contract/samples.ts';
export type * from './contract/verdict.ts';

/**
 * `GET /api/stream`: server-sent events. `now` (Now, each second), `event` (LabEvent), `death` (DeathSummary),
 * `snapshots` (SnapshotList), `diff` (Diff without rows), `course` (Course, whenever it changed), `behind` (the reader was too slow; read again from the API).
 */
export type StreamEventName = 'now' | 'event' | 'death' | 'snapshots' | 'diff' | 'course' | 'behind';

/* Further routes: POST /api/leaks/:id {enabled, bytes_per_request?}, POST /api/gc, POST /api/reset, POST /api/load {rate, seconds}
 * is not there: load is the command's. GET /api/guard (GuardWord). GET /api/evidence (application/gzip, a tar). GET /health. */
