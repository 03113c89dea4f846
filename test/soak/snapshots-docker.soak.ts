import { it } from 'vitest';
import { untilAnswer } from '../embedded/support/lab-command.ts';
import { openStack } from '../stack/stack.ts';
import { askAtRandomMoments } from './snapshot-lives.ts';
import { halfSnapshotsOf, inContainer } from './stack-shell.ts';

it('no snapshot that the guard lets pass ends the service, on Docker', async () => {
  const stack = await openStack();
  const inConsole = (script: string) => inContainer(stack, 'console', script);
  try {
    await askAtRandomMoments({
      name: 'docker',
      rate: 400,
      async begin() {
        await stack.compose('restart', '--timeout', '0', 'leaky-service');
        await untilAnswer(
          'the service to answer',
          async () => (await fetch(`${stack.url.service}/health`)).ok,
        );
        return stack.url.service;
      },
      end: async () => void (await inConsole('rm -f /shared/snapshots/* /shared/snapshots/.*.partial')),
      hasBegunOne: async () => (await inConsole('ls -A /shared/snapshots')).includes('.partial'),
      halfSnapshots: () => halfSnapshotsOf(stack),
    });
  } finally {
    await stack.close();
  }
});
