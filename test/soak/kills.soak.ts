import { afterAll, expect, it } from 'vitest';
import type { Leak } from '../../services/leaky-service/src/leaks/leak.ts';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { leaks, quickPreset } from '../support/leaks.ts';
import { writeFigures } from './figures.ts';

const most_seconds = 90;
/** Of one that takes hours by default, at the size with which it takes minutes. */
const mostOfSlow_seconds = 180;
const mostOf = ({ presets }: Leak) => (presets.fast ? mostOfSlow_seconds : most_seconds);
const rows: string[] = [];
afterAll(() => {
  const head = ['| leak | killed after | requests | ended by |', '|---|---|---|---|'];
  writeFigures('kills', 'From a leak switched on to the kill, at the default load', [...head, ...rows]);
});

const timed = leaks.map((leak) => ({ ...leak, within_seconds: mostOf(leak) }));

it.each(timed)('$id at the default load ends the service within $within_seconds s', async (leak) => {
  const { id } = leak;
  const lab = new LabCommand();
  try {
    await lab.up();
    await lab.run('leak', id, 'on', '--preset', quickPreset(leak));
    const load = await lab.run('load', '--duration', `${leak.within_seconds}s`, '--json');
    const [first] = JSON.parse(load.stdout).deaths;
    expect(first, load.stderr).toBeDefined();
    const [death] = lab.deaths();
    rows.push(
      `| \`${id}\` | ${first.after_seconds.toFixed(0)} s | ${first.after_requests.toLocaleString('en')} | ${death?.ended_by} |`,
    );
    expect(first.after_seconds).toBeLessThanOrEqual(leak.within_seconds);
    expect(death?.exit_status).toBe(137);
  } finally {
    await lab.end();
  }
});
