import { it } from 'vitest';
import { killConsoles } from './support/kill-console.ts';

it('is killed five times and loses no sample that it has shown', async () => {
  await killConsoles(5, (round) => 900 + 317 * round);
}, 60_000);
