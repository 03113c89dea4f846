import { it } from 'vitest';
import { openStack } from '../stack/stack.ts';
import { killAtRandomMoments } from './service-kills.ts';
import { halfSnapshotsOf, inContainer } from './stack-shell.ts';

it('100 kills of the service at random moments under load lose nothing, on Docker', async () => {
  const stack = await openStack();
  try {
    await killAtRandomMoments({
      part: 'service-kills-docker',
      where: 'on Docker',
      consoleUrl: stack.url.console,
      serviceUrl: () => stack.url.service,
      async kill() {
        // From within: the engine takes its own "docker kill" for a stop, and does not start the container again.
        const script = 'date +%s%3N; kill -KILL $(pidof node)';
        return Number((await inContainer(stack, 'leaky-service', script)).trim());
      },
      halfSnapshots: () => halfSnapshotsOf(stack),
    });
  } finally {
    await stack.close();
  }
});
