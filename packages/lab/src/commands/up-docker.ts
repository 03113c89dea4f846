import { bringBack } from '../course/kept-copy.ts';
import { compose, requireDocker } from '../docker/docker.ts';
import { checkStackSettings } from '../docker/stack-settings.ts';
import { LabError } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';
import { parsePort, readSettings, readVariables } from '../settings.ts';
import { urlOf } from '../supervisor/programs.ts';
import { heapLimit } from './heap-limit.ts';
import type { UpOptions } from './up.ts';

/** `./lab up --docker`: builds and starts the whole stack and waits until it is healthy. */
export async function upDocker(options: UpOptions): Promise<void> {
  const heap_limit_mb = heapLimit(options.heapLimit);
  const environment = {
    ...(heap_limit_mb === undefined ? {} : { SERVICE_NODE_OPTIONS: `--max-old-space-size=${heap_limit_mb}` }),
    ...(options.leak === undefined ? {} : { LEAKS: options.leak.join(',') }),
    ...(options.consolePort === undefined
      ? {}
      : { CONSOLE_PORT: String(parsePort(options.consolePort, '--console-port')) }),
    ...(options.port === undefined ? {} : { SERVICE_PORT: String(parsePort(options.port, '--port')) }),
  };
  const variables = readVariables({ ...process.env, ...environment });
  checkStackSettings(variables);
  const leaks = (variables['LEAKS'] ?? '').split(',').map((id) => id.trim());
  requireDocker();
  console.log('Building and starting the stack; the first time takes some minutes.');
  const code = await compose([...profilesFor(leaks), 'up', '--build', '--detach', '--wait'], environment);
  if (code !== 0) {
    throw new LabError({
      problem: `docker compose up ended with ${code}.`,
      expected: 'every container healthy',
      came: 'its own words stand above',
      advice: './lab doctor looks at ports and memory; ./lab status shows the containers; ./lab logs service',
      exit_code: code,
    });
  }
  const { ports } = readSettings({ ...process.env, ...environment });
  console.log(
    [
      '✓ Leak Lab runs on Docker.',
      `  service     http://127.0.0.1:${ports.service}`,
      `  console     http://127.0.0.1:${ports.console}  ← the page: what grows, why it died`,
      `  Grafana     http://127.0.0.1:${ports.grafana}`,
      `  Prometheus  http://127.0.0.1:${ports.prometheus}`,
      `  Jaeger      http://127.0.0.1:${ports.jaeger}`,
    ].join('\n'),
  );
  await bringBack({ ...findLab(), embedded: undefined, consoleUrl: urlOf(ports.console) });
}

/** What is not started without being needed. */
const profilesFor = (leaks: readonly string[]): string[] =>
  leaks.includes('keys') ? ['--profile', 'keys'] : [];
