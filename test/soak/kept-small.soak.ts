import { expect, it } from 'vitest';
import { type Footprint, measureFootprint } from '../stack/footprint.ts';
import { driveToDeath } from '../stack/life.ts';
import { openStack, readServices } from '../stack/stack.ts';
import { writeFigures } from './figures.ts';

const megabyte = 2 ** 20;

it('the whole stack, idle and after a leak that was driven to its kill', async () => {
  const { absent } = await readServices();
  const stack = await openStack();
  try {
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    const idle = await measureFootprint(stack, 30);
    await driveToDeath(stack, 'cache');
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    const after = await measureFootprint(stack, 30);
    const without = absent.length > 0 ? `, without ${absent.join(', ')} (no image on this machine)` : '';
    writeFigures('kept-small', `What the stack takes while nothing is asked of it${without}`, [
      '| container | idle | a minute after 12,000 requests, traced, and a kill |',
      '|---|---|---|',
      ...Object.keys(idle.parts).map(
        (name) => `| ${name} | ${inWords(idle.parts[name])} | ${inWords(after.parts[name])} |`,
      ),
      `| **all** | **${inWords(idle)}** | ${inWords(after)} |`,
    ]);
    expect(idle.memory_bytes).toBeLessThan(700 * megabyte);
    expect(idle.processor_share).toBeLessThan(0.1);
    expect(after.memory_bytes).toBeLessThan(700 * megabyte);
  } finally {
    await stack.close();
  }
});

function inWords(part: Pick<Footprint, 'memory_bytes' | 'processor_share'> | undefined): string {
  if (!part) return '';
  return `${(part.memory_bytes / megabyte).toFixed(0)} MB, ${(100 * part.processor_share).toFixed(1)} % of a core`;
}
