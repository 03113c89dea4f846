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
  limit,
}: LabState): Promise<string[]> {
  const processes = [supervisor, service.process, upstream.process, console.process].flatMap((identity) =>
    identity !== undefined && isAlive(identity) ? [`process ${identity.pid}`] : [],
  );
  const directory = limit.cgroup_directory;
  const cgroup = directory !== undefined && existsSync(directory) ? [directory] : [];
  const ports = await Promise.all(
    [service.url, upstream.url, console.url].map(async (url) =>
      (await whyNotFree(Number(new URL(url).port))) ? [url] : [],
    ),
  );
  return [...processes, ...cgroup, ...ports.flat()];
}
