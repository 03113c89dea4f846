import type { BodyName } from './drive.ts';
import { smallEvent } from './small-event.ts';
import { workflowEvent } from './workflow-event.ts';

export { type BodyName, type Drive, driveFor, usualDrive } from './drive.ts';
export { smallEvent, smallEvent_bytes } from './small-event.ts';
export { workflowEvent, workflowEvent_bytes } from './workflow-event.ts';

/** The body of that name, number `number` of its kind, as JSON. */
export const bodyOf = (name: BodyName, number = 1): string =>
  name === 'small' ? smallEvent(number) : workflowEvent(number);
