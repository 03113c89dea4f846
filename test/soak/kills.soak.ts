import { afterAll, expect, it } from 'vitest';
import { catalogue } from '../../services/leaky-service/src/leaks/catalogue.ts';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { writeFigures } from './figures.ts';

const most_seconds = 90;
const rows: string[] = [];
afterAll(() => {
  const head = ['| leak | killed after | requests | ended by |', '|---|---|---|---|'];
  writeFigures('kills', 'From a leak switched on to the kill, at the default load', [...head, ...rows]);
});

it.each(catalogue.filter(({ control }) => !control))(
  `$id at the default load ends the service within ${most_seconds} s`,
  async ({ id }) => {
    const lab = new LabCommand();
    try {
      await lab.up();
      await lab.run('leak', id, 'on');
      const load = await lab.run('load', '--duration', `${most_seconds}s`, '--json');
      const [first] = JSON.parse(load.stdout).deaths;
      expect(first, load.stderr).toBeDefined();
      const [death] = lab.deaths();
      rows.push(
        `| \`${id}\` | ${first.after_seconds.toFixed(0)} s | ${first.after_requests.toLocaleString('en')} | ${death?.ended_by} |`,
      );
      expect(first.after_seconds).toBeLessThanOrEqual(most_seconds);
      expect(death?.exit_status).toBe(137);
    } finally {
      await lab.end();
    }
  },
);
