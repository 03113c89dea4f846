import { killConsoles } from './support/kill-console.ts';
import { roomTest as it } from './support/room.ts';

it('is killed five times and loses no sample that it has shown', async ({ room }) => {
  await killConsoles(room, 5, (round) => 900 + 317 * round);
}, 60_000);
