import { killConsoles } from './support/kill-console.ts';
import { roomTest as it } from './support/room.ts';

it('is killed fifty times and loses no sample that it has shown', async ({ room }) => {
  await killConsoles(room, 50, () => 500 + Math.random() * 3_000);
});
