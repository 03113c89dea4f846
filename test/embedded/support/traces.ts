import { existsSync } from 'node:fs';
import { whyNotFree } from '../../../packages/lab/src/ports/free-port.ts';
import type { LabState } from '../../../packages/lab/src/state/lab-state.ts';
import { isAlive } from '../../../packages/lab/src/state/process-identity.ts';

/** What is still there of a lab: processes, its cgroup, its ports. Empty when it left nothing. */
export async function tracesOf({
  supervisor,
  service,
  upstream,
  console,
  valkey,
  patients,
  limit,
}: LabState): Promise<string[]> {
  const own = [service, upstream, console, ...patients, ...(valkey && 'process' in valkey ? [valkey] : [])];
  const processes = [supervisor, ...own.map(({ process }) => process)].flatMap((identity) =>
    identity !== undefined && isAlive(identity) ? [`process ${identity.pid}`] : [],
  );
  const directories = [limit, ...patients.map((patient) => patient.limit)].flatMap(
    ({ cgroup_directory }) => cgroup_directory ?? [],
  );
  const cgroups = directories.filter((directory) => existsSync(directory));
  const ports = await Promise.all(
    own.map(async ({ url }) => ((await whyNotFree(Number(new URL(url).port))) ? [url] : [])),
  );
  return [...processes, ...cgroups, ...ports.flat()];
}
