import { type IncidentLevel, seedFor } from '@leak-lab/incident';
import { describe, expect } from 'vitest';
import type { Course, PastIncident } from '../../services/console/src/api/contract.ts';
import { ask } from '../embedded/support/ask.ts';
import { kill } from '../embedded/support/kill.ts';
import { labTest as it, type LabCommand, until, untilAnswer } from '../embedded/support/lab-command.ts';

const seedOf = (id: string, level: IncidentLevel = 1) =>
  seedFor(({ leaks }) => leaks.length === 1 && leaks[0]?.id === id, { level });

const courseOf = (lab: LabCommand) => ask<Course>(`${lab.state().console.url}/api/course`);
const pastOf = async (lab: LabCommand): Promise<readonly PastIncident[]> =>
  JSON.parse((await lab.run('incident', 'history', '--json')).stdout) as PastIncident[];

describe.concurrent('an incident of the embedded lab', () => {
  it('goes on over a kill of the console and of the service, is scored with what was answered before, and is kept when the lab is down', async ({
    lab,
  }) => {
    await lab.up();
    const seed = seedOf('history', 2);
    expect((await lab.run('incident', '--seed', `${seed}`, '--level', '2')).code).toBe(0);
    expect((await lab.run('answer', 'finding=leak', 'file=request-history.ts')).code).toBe(0);
    const begun_ms = (await courseOf(lab)).running?.incident?.begun_ms;

    const { console, service } = lab.state();
    kill('the console', console.process);
    kill('the service', service.process);
    await until('another console', () => lab.state().console.process?.pid !== console.process?.pid);
    const after = await untilAnswer('the course to be back', () => courseOf(lab));
    expect(after.running?.incident).toEqual({ seed, level: 2, begun_ms });
    expect(after.running?.items.filter(({ state }) => state === 'kept').map(({ key }) => key)).toEqual([
      'finding',
      'file',
    ]);
    await untilAnswer('the incident to run in the next life', async () => {
      const { running } = await ask<{ running: boolean }>(`${lab.state().service.url}/admin/incident`);
      return running;
    });

    const ended = await lab.run('incident', 'end');
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('request-history.ts') });
    const [past] = await pastOf(lab);
    expect(past).toMatchObject({ number: 1, seed, level: 2, answered: 2, points: 35, of: 120 });
    await lab.run('down');
    expect(await pastOf(lab)).toEqual([past]);
  });

  it('is kept when it is ended early, by another one in its place too, and begun again by its number, with nothing told of it', async ({
    lab,
  }) => {
    await lab.up();
    const seed = seedOf('pool');
    await lab.run('incident', '--seed', `${seed}`);
    const refused = await lab.run('incident');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--instead') });
    expect((await lab.run('start', '02')).stderr).toContain('An incident is under way');
    await lab.run('incident', '--level', '3', '--instead');
    await lab.run('incident', 'end');
    expect((await pastOf(lab)).map(({ number, level, answered }) => ({ number, level, answered }))).toEqual([
      { number: 2, level: 3, answered: 0 },
      { number: 1, level: 1, answered: 0 },
    ]);

    const again = await lab.run('incident', '--replay', '1');
    expect(again.stdout).toContain(`Incident ${seed}, level 1`);
    expect(JSON.stringify((await pastOf(lab)).find(({ number }) => number === 1))).not.toContain('no leak');
    await lab.run('answer', 'finding=no leak');
    await lab.run('reset');
    expect((await pastOf(lab))[0]).toMatchObject({ number: 3, seed, points: 100, percent: 100 });
  });

  it('says what is wrong with what is asked for, and changes nothing', async ({ lab }) => {
    await lab.up();
    for (const [words, reason] of [
      [['--seed', '-1'], /whole number from 0 to 4294967295/],
      [['--seed', 'abc'], /whole number from 0 to 4294967295/],
      [['--replay', '1'], /none is over so far/],
      [['end'], /No incident is under way/],
      [['status'], /No incident is under way/],
      [['off', 'response-cache.ts'], /No incident is under way/],
    ] as const) {
      const { code, stderr } = await lab.run('incident', ...words);
      expect({ words, code }).toEqual({ words, code: 1 });
      expect(stderr).toMatch(reason);
    }
    expect((await courseOf(lab)).running).toBeNull();
    await lab.run('incident', '--seed', `${seedOf('pool')}`);
    for (const words of [['watch'], ['incident', 'watch']]) {
      const watching = lab.watch(...words);
      await until('the clock', () => watching.stderr.includes('since the call, 0 of 7'));
      expect({ words, code: (await watching.interrupt()).code }).toEqual({ words, code: 0 });
    }
    for (const pair of ['finding=maybe', 'bytes_each=many', 'who=me']) {
      const { code, stderr } = await lab.run('answer', pair);
      expect({ pair, code }).toEqual({ pair, code: 1 });
      expect(stderr).toMatch(/Expected|did you mean/);
    }
  });
});
