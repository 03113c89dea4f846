import type {
  Course,
  DeathSummary,
  Diff,
  LabEvent,
  Now,
  SnapshotList,
  StreamEventName,
} from '../../../src/api/contract.ts';

export interface StreamReader {
  now(now: Now): void;
  event(event: LabEvent): void;
  death(death: DeathSummary): void;
  snapshots(list: SnapshotList): void;
  diff(diff: Omit<Diff, 'rows' | 'collections'>): void;
  course(course: Course): void;
  /** The console could not wait for this reader: what is shown has to be read again. */
  behind(): void;
  opened(): void;
  /** `retry_ms` until the next try. */
  lost(retry_ms: number): void;
}

/** The stream says something each second; after so long without a word it is taken for dead. */
const silence_ms = 8_000;
const firstRetry_ms = 500;
const lastRetry_ms = 8_000;

/** Follows the console's events for as long as the page lives; an end of the stream is met by trying again, ever slower. */
export function followStream(path: string, reader: StreamReader): void {
  let retry_ms = firstRetry_ms;
  let source: EventSource;
  let watch: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    clearTimeout(watch);
    watch = setTimeout(lose, silence_ms);
  };
  const lose = () => {
    clearTimeout(watch);
    // Its own retry gives up for good on an answer that is no stream.
    source.close();
    reader.lost(retry_ms);
    setTimeout(open, retry_ms);
    retry_ms = Math.min(lastRetry_ms, retry_ms * 2);
  };
  const on = (name: StreamEventName, take: (data: never) => void) =>
    source.addEventListener(name, ({ data }) => {
      heard();
      take(JSON.parse(data) as never);
    });
  const open = () => {
    source = new EventSource(path);
    heard();
    source.onopen = () => {
      retry_ms = firstRetry_ms;
      reader.opened();
    };
    source.onerror = lose;
    on('now', reader.now);
    on('event', reader.event);
    on('death', reader.death);
    on('snapshots', reader.snapshots);
    on('diff', reader.diff);
    on('course', reader.course);
    on('behind', reader.behind);
  };
  open();
}
