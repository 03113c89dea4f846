import { bodyOf, smallEvent, workflowEvent, workflowEvent_bytes } from '@leak-lab/workload';
import type { CustomersRequest } from '../lab.ts';

/** Of so many events one tells of a whole workflow, and is large; the others are heartbeats. */
const largeOneIn = 4;
/** Of so many large ones one tells of a long workflow, and is larger still. */
export const largeEventsPerLong = 14;
const long_bytes = 400_000;
const kinds = 8;

const event = (text: string): CustomersRequest => ({
  method: 'POST',
  path: '/api/ingest',
  body: Buffer.from(text),
});

/** Made once: what is sent again and again costs the one who sends it nothing. */
const made = () => ({
  small: Array.from({ length: kinds }, (_, number) => event(smallEvent(number))),
  large: [1, 2, 3].map((number) => event(bodyOf('large', number))),
  long: event(workflowEvent(4, long_bytes)),
});
let events: ReturnType<typeof made> | undefined;

/** What a build system sends, event number so many from 0 on. */
export function buildEvent(number: number): CustomersRequest {
  events ??= made();
  const { small, large, long } = events;
  if (number % largeOneIn !== largeOneIn - 1) return small[number % small.length] as CustomersRequest;
  const workflow = Math.floor(number / largeOneIn);
  if (workflow % largeEventsPerLong === largeEventsPerLong - 1) return long;
  return large[workflow % large.length] as CustomersRequest;
}

/** All kinds of events come once in so many, in their proportions. */
export const buildEvents_period: number = largeOneIn * largeEventsPerLong;

/** Of all that such events bring so many bytes come with each large one. */
export const bytesPerLargeEvent: number =
  ((largeEventsPerLong - 1) * workflowEvent_bytes + long_bytes) / largeEventsPerLong +
  (largeOneIn - 1) * Buffer.byteLength(smallEvent(0));
