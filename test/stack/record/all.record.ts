/**
 * `npm run record`: what Prometheus scrapes of each leak and of healthy services, for the tests of the rules and the alert
 * exercise. Two stacks at a time; some 20 minutes. `RECORD=cache,churn npm run record` makes those only.
 */
import { expect, it } from 'vitest';
import { recordings } from './recordings.ts';

const wanted = process.env['RECORD']?.split(',') ?? [...recordings.keys()];

it('records', async () => {
  expect(wanted.filter((name) => !recordings.has(name))).toEqual([]);
  const left = [...wanted];
  const failures: string[] = [];
  const lane = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const began_ms = Date.now();
      await recordings
        .get(name)?.()
        .catch((reason) => failures.push(`${name}: ${reason}`));
      console.log(`${name}: ${Math.round((Date.now() - began_ms) / 1000)} s`);
    }
  };
  await Promise.all([lane(), lane()]);
  expect(failures).toEqual([]);
});
