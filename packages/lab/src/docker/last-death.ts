import { spawnSync } from 'node:child_process';

const project = process.env['COMPOSE_PROJECT_NAME'] || 'leak-lab';

/**
 * What ended the service's container since `since`, by the engine's own record of events: `docker
 * inspect` forgets it as soon as the container starts again.
 */
export function lastContainerDeath(since: Date): string | undefined {
  const filters = [
    'type=container',
    'event=oom',
    'event=die',
    `label=com.docker.compose.project=${project}`,
    'label=com.docker.compose.service=leaky-service',
  ].flatMap((filter) => ['--filter', filter]);
  const period = ['--since', since.toISOString(), '--until', new Date().toISOString()];
  const { status, stdout } = spawnSync(
    'docker',
    ['events', ...period, ...filters, '--format', '{{json .}}'],
    {
      encoding: 'utf8',
      timeout: 5000,
    },
  );
  return status === 0 ? deathInEvents(stdout) : undefined;
}

/** The last death in the engine's events, one JSON object a line; an `oom` before it tells its cause. */
export function deathInEvents(output: string): string | undefined {
  const events = output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { Action: string; Actor: { Attributes: { exitCode?: string } } });
  const death = events.findLast(({ Action }) => Action === 'die');
  if (death === undefined) return undefined;
  const exit = `exit ${death.Actor.Attributes.exitCode}`;
  return events.some(({ Action }) => Action === 'oom')
    ? `killed by the kernel for want of memory (${exit})`
    : exit;
}
