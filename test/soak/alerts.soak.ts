import { expect, it } from 'vitest';
import { type Played, playSideBySide } from '../stack/play.ts';
import { writeFigures } from './figures.ts';

const duration_seconds = 600;

it('ten minutes of each thing that only looks like a leak: no alert about memory', async () => {
  const played = await playSideBySide(['warm-cache', 'churn', 'pool', 'none'], duration_seconds);
  writeFigures('alerts', 'What only looks like a leak, ten minutes each, side by side, on Docker', [
    '| control | of the limit in use | most that a collection would leave | alerts about memory |',
    '|---|---|---|---|',
    ...played.map(row),
  ]);
  for (const one of played) expect(one).toMatchObject({ lives: 1, alerts: [] });
  const [pool, none] = ['pool', 'none'].map((name) => played.find(({ control }) => control === name));
  // 32 MB of 256 more than without it, and then it stays.
  expect(pool?.use_then_lowest).toBeGreaterThan((none?.use_highest ?? 1) + 0.1);
  expect(pool?.use_highest).toBeLessThan((pool?.use_then_lowest ?? 0) + 0.05);
});

const names: Readonly<Record<string, string>> = {
  'warm-cache': 'a cache that fills and levels out',
  churn: 'garbage, much of it',
  pool: 'a pool of fat buffers',
  none: 'load from 20 to 200 requests a second',
};

function row({ control, use_lowest, use_highest, held_highest, alerts }: Played): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const use = `${percent(use_lowest)} to ${percent(use_highest)}`;
  return `| ${names[control] ?? control} | ${use} | ${percent(held_highest)} | ${alerts.join(', ') || 'none'} |`;
}
