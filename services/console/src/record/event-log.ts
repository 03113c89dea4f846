import type { EventKind, LabEvent } from '../api/contract.ts';
import { insertEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import type { Stream } from '../stream/stream.ts';
import type { RecordClock } from './clock.ts';

/** Writes down what happened, and tells those who read the stream. */
export class EventLog {
  readonly #store: Store;
  readonly #stream: Stream;
  readonly #clock: RecordClock;

  constructor(store: Store, stream: Stream, clock: RecordClock) {
    this.#store = store;
    this.#stream = stream;
    this.#clock = clock;
  }

  add(
    kind: EventKind,
    title: string,
    details: LabEvent['details'] = {},
    time_ms = this.#clock.now_ms(),
  ): void {
    const { database, writer } = this.#store;
    const event: LabEvent = { id: database.nextId('events'), time_ms, kind, title, details };
    writer.write(() => insertEvent(database, event));
    this.#stream.send('event', event);
  }
}
