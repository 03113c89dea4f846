import { ServiceError } from '../errors.ts';

export const incidentRunning = (): ServiceError =>
  new ServiceError(
    'incident_running',
    'An incident is running: what it is is for you to find, by memory, profiles and snapshots. Until it is over nothing can be asked, switched or reset here; DELETE /admin/incident ends it.',
  );

export const noIncidentFile = (): ServiceError =>
  new ServiceError(
    'no_incident_file',
    'Expected INCIDENT_FILE to name a file, in which an incident outlives this process; it is not set. Set it and start again.',
  );

export const incidentNotKept = (error: unknown): ServiceError =>
  new ServiceError(
    'incident_not_kept',
    `INCIDENT_FILE could not be changed: ${error instanceof Error ? error.message : String(error)}. Nothing was begun or ended; make it writable.`,
  );

export const noIncident = (): ServiceError =>
  new ServiceError(
    'no_incident',
    'Expected an incident that runs; none does. POST /admin/incident begins one; otherwise /admin/leaks switches what leaks.',
  );

export const unknownFeature = (came: string, expected: readonly string[]): ServiceError =>
  new ServiceError(
    'unknown_feature',
    `Expected the file of one of the service's features: ${expected.join(', ')}; got ${JSON.stringify(came)}. Nothing was changed.`,
    { field: 'file', expected, came },
  );
