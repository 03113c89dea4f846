import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { halfOnes } from './half-snapshots.ts';
import { askAtRandomMoments } from './snapshot-lives.ts';

it('no snapshot that the guard lets pass ends the service, embedded', async () => {
  let lab: LabCommand | undefined;
  try {
    await askAtRandomMoments({
      name: 'embedded',
      rate: 800,
      async begin() {
        lab = new LabCommand();
        return (await lab.up()).service.url;
      },
      async end() {
        await lab?.end();
        lab?.remove();
      },
      hasBegunOne: async () =>
        readdirSync(join(lab?.folder ?? '', 'shared', 'snapshots')).some((name) => name.endsWith('.partial')),
      halfSnapshots: async () => halfOnes(join(lab?.folder ?? '', 'shared', 'snapshots')),
    });
  } finally {
    await lab?.end();
  }
});
