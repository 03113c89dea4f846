import { execFile, spawnSync } from 'node:child_process';
import { LabError } from '../lab-error.ts';

/** How promtool is started where a folder of the machine has to be seen by it. */
export type Promtool = (
  args: readonly string[],
  folders: readonly string[],
) => readonly [command: string, args: string[]];

/** A promtool of the machine's own. */
export const installed: Promtool = (args) => ['promtool', [...args]];

/** The one in Prometheus' image. Folders are seen under their own names. */
export const inImage =
  (image: string): Promtool =>
  (args, folders) => {
    const mounts = folders.flatMap((folder) => ['--volume', `${folder}:${folder}:ro`]);
    return [
      'docker',
      ['run', '--rm', '--network', 'none', '--entrypoint', 'promtool', ...mounts, image, ...args],
    ];
  };

/** Runs promtool and gives its exit code and all that it said; 127 where it could not be started. */
export function run(
  promtool: Promtool,
  args: readonly string[],
  folders: readonly string[],
  signal?: AbortSignal,
): Promise<{ code: number; text: string }> {
  const [command, all] = promtool(args, folders);
  return new Promise((resolve) => {
    execFile(
      command,
      all,
      { maxBuffer: 16 * 2 ** 20, ...(signal && { signal }) },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
        resolve({ code, text: `${stdout}${stderr}${code === 127 ? error?.message : ''}` });
      },
    );
  });
}

export interface FoundPromtool {
  readonly promtool: Promtool;
  /** Where it is from, in words. */
  readonly source: string;
}

/** An engine that hangs must not hang the lab. */
const patience_ms = 10_000;

/** The promtool on PATH, else the one of Prometheus' image where that is here. Throws a `LabError` that says how to get it. */
export function findPromtool(image: string): FoundPromtool {
  const works = (command: string, args: readonly string[]) =>
    spawnSync(command, args, { stdio: 'ignore', timeout: patience_ms }).status === 0;
  if (works('promtool', ['--version'])) return { promtool: installed, source: 'promtool on PATH' };
  if (works('docker', ['image', 'inspect', image]))
    return { promtool: inImage(image), source: `promtool of ${image}` };
  throw new LabError({
    problem: 'promtool was not found, which plays recordings to rules.',
    expected: `promtool on PATH, or Docker with the image ${image}`,
    came: 'neither',
    advice: `docker pull ${image}\nor unpack promtool of https://prometheus.io/download/ into a folder on PATH`,
    exit_code: 2,
  });
}
