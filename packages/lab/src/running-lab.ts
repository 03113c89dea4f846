import { LabClient } from './lab-client.ts';
import { readSettings, type Settings } from './settings.ts';
import { type LabState, readState } from './state/lab-state.ts';
import { isAlive } from './state/process-identity.ts';
import { openStateDirectory, type StateDirectory } from './state/state-directory.ts';
import { urlOf } from './supervisor/programs.ts';

/** The lab as a command finds it. */
export interface RunningLab {
  readonly settings: Settings;
  readonly directory: StateDirectory;
  /** The embedded lab, where one runs now. */
  readonly embedded: LabState | undefined;
  readonly client: LabClient;
  readonly consoleUrl: string;
}

/** Where the services of a lab are that has several, by the letters that the lab names them by. */
export function serviceUrls({
  embedded,
  client,
  settings: { ports },
}: RunningLab): readonly (readonly [string, string])[] {
  const [b, c] = embedded?.patients.map(({ url }) => url) ?? [];
  return [
    ['a', client.url],
    ['b', b ?? urlOf(ports.patient_b)],
    ['c', c ?? urlOf(ports.patient_c)],
  ];
}

/** Finds the embedded lab that runs, else takes the ports that Docker publishes. */
export function findLab(): RunningLab {
  const settings = readSettings();
  const directory = openStateDirectory(settings.state_directory);
  const state = readState(directory);
  const embedded = state !== undefined && isAlive(state.supervisor) ? state : undefined;
  const url = embedded?.service.url ?? urlOf(settings.ports.service);
  const consoleUrl = embedded?.console.url ?? urlOf(settings.ports.console);
  return { settings, directory, embedded, consoleUrl, client: new LabClient(url, settings.admin_token) };
}
