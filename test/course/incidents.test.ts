import { afterAll, beforeAll, describe, it } from 'vitest';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { expectFair, seedSoon } from './incidents/expectations.ts';
import { play } from './incidents/player.ts';

// Two of each level, one after the other in one lab, as a learner has them; twelve of each: incidents.soak.ts.
describe('an incident played by one who knows is scored in full, and the answers of other cases are not', () => {
  const lab = new LabCommand();
  beforeAll(() => lab.up());
  afterAll(async () => {
    await lab.end();
    lab.remove();
  });

  it.each([
    [1, 'buffers', ['buffers'], undefined],
    [1, 'pool, which is no leak', ['pool'], undefined],
    [2, 'reload, switched off', ['reload'], 'off'],
    [2, 'expired, mended wrongly and then rightly', ['expired'], 'mend wrongly first'],
    [3, 'two at once, switched off', ['listeners', 'history'], 'off'],
    [3, 'cache under a sawtooth, refused and then mended', ['cache'], 'mend wrongly first'],
  ] as const)('at level %i: %s', async (level, _, ids, keeping) => {
    expectFair(await play(lab, seedSoon(level, ids), level, keeping));
  });
});
