import { it } from 'vitest';
import { killConsoles } from './support/kill-console.ts';

it('is killed fifty times and loses no sample that it has shown', async () => {
  await killConsoles(50, () => 500 + Math.random() * 3_000);
});
