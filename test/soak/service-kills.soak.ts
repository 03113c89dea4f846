import { join } from 'node:path';
import { it } from 'vitest';
import { LabCommand, until } from '../embedded/support/lab-command.ts';
import { halfOnes } from './half-snapshots.ts';
import { killAtRandomMoments } from './service-kills.ts';

it('100 kills of the service at random moments under load lose nothing', async () => {
  const lab = new LabCommand();
  const { console } = await lab.up();
  try {
    await killAtRandomMoments({
      part: 'service-kills',
      where: 'embedded',
      consoleUrl: console.url,
      serviceUrl: () => lab.state().service.url,
      async kill() {
        const pid = lab.state().service.process?.pid ?? 0;
        const killed_ms = Date.now();
        process.kill(pid, 'SIGKILL');
        await until('the lab to notice', () => lab.deaths().some((death) => death.pid === pid));
        return killed_ms;
      },
      halfSnapshots: async () => halfOnes(join(lab.folder, 'shared', 'snapshots')),
    });
  } finally {
    await lab.end();
  }
});
