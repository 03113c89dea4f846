import { docker, type Output, type Stack } from './stack.ts';

/**
 * Runs one of the scripts in k6/ inside the stack, with variables of its own. What it depends on is up; without
 * `--no-deps` Compose would put a new container in the place of each whose image was built again meanwhile.
 */
export function runScript(stack: Stack, script: string, env: Record<string, string> = {}): Promise<Output> {
  const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  return stack.compose(
    'run',
    '--rm',
    '--no-deps',
    '--no-TTY',
    ...variables,
    'k6',
    'run',
    '--quiet',
    `/scripts/${script}`,
  );
}

/**
 * What the engine has seen of a container since then, in order: `oom`, `die 137`, `start`. It remembers its last
 * 256 events only, health checks included, so ask soon after.
 */
export async function deathsAndStarts(container: string, since_seconds: number): Promise<string[]> {
  const until_seconds = Math.ceil(Date.now() / 1000);
  const { stdout } = await docker([
    ...[
      'events',
      '--since',
      `${since_seconds}`,
      '--until',
      `${until_seconds}`,
      '--filter',
      `container=${container}`,
    ],
    ...['--format', '{{.Action}} {{with index .Actor.Attributes "exitCode"}}{{.}}{{end}}'],
  ]);
  return stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(oom|die|start)/.test(line));
}

/** How often the engine has started a container again by itself. */
export async function restarts(container: string): Promise<number> {
  return Number((await docker(['inspect', '--format', '{{.RestartCount}}', container])).stdout);
}

/** When the collector and Jaeger were started, as the engine tells it: another time means another process. */
export async function startsOfBystanders(stack: Stack): Promise<string[]> {
  const ids = await Promise.all(['otel-collector', 'jaeger'].map((name) => stack.containerOf(name)));
  const { stdout } = await docker(['inspect', '--format', '{{.State.StartedAt}}', ...ids]);
  return stdout.trim().split('\n');
}
