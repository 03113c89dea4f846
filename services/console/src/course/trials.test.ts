import { beginLab, noProgress, type Session, type Sight, type Trial } from '@leak-lab/course';
import { expect, it, vi } from 'vitest';
import type { ConductorDeps } from './conductor-deps.ts';
import { Traffic } from './traffic.ts';
import { Trials } from './trials.ts';

const session = beginLab(noProgress, '09', [1], 0).session as Session;

/** A trial that ends when it is told how. */
function trialNamed(key: string) {
  const ends: PromiseWithResolvers<Sight>[] = [];
  const trial: Trial = {
    kind: 'trial',
    key,
    ask: '',
    expected: '',
    attempt: () => {
      const end = Promise.withResolvers<Sight>();
      ends.push(end);
      return end.promise;
    },
    hints: ['', ''],
  };
  return { trial, ends };
}

function newTrials() {
  const traffic = new Traffic('http://127.0.0.1:9');
  const deps = { traffic, workDirectory: '/nowhere', now_ms: () => 5 } as ConductorDeps;
  const done = vi.fn();
  return {
    trials: new Trials(
      deps,
      () => {
        throw new Error('nobody asks');
      },
      () => undefined,
      done,
    ),
    done,
  };
}

it('tries one after the other, and keeps what each measured once', async () => {
  const { trials, done } = newTrials();
  const [first, second] = [trialNamed('first'), trialNamed('second')];
  trials.begin(first.trial, session);
  trials.begin(second.trial, session);
  await vi.waitFor(() => expect(first.ends).toHaveLength(1));
  expect(second.ends).toHaveLength(0);
  first.ends[0]?.resolve({ seen: false, saw: '7 % less', figures: { share: 0.93 } });
  await vi.waitFor(() => expect(second.ends).toHaveLength(1));
  expect(done).toHaveBeenCalledTimes(1);

  const after = trials.taken(session);
  expect(after.tries).toEqual([{ key: 'first', at_ms: 5, figures: { share: 0.93 } }]);
  expect(after.achieved).toEqual({});
  expect(trials.taken(after)).toEqual(after);
  expect(trials.glances.get('first')).toEqual({ saw: '7 % less', waiting: false });
  expect(trials.glances.get('second')).toMatchObject({ waiting: true });
  trials.end();
});

it('what was passed stays passed when it is tried once more, and what that measured is kept as well', async () => {
  const { trials } = newTrials();
  const { trial, ends } = trialNamed('enough');
  let after = session;
  for (const [seen, share] of [
    [true, 0.01],
    [false, 0.93],
  ] as const) {
    trials.begin(trial, session);
    await vi.waitFor(() => expect(ends).not.toHaveLength(0));
    ends.pop()?.resolve({ seen, saw: `${share}`, figures: { share } });
    after = await vi.waitUntil(() => {
      const taken = trials.taken(after);
      return taken !== after && taken;
    });
  }
  expect(after.tries.map(({ figures }) => figures['share'])).toEqual([0.01, 0.93]);
  expect(after.achieved).toEqual({ enough: { at_ms: 5, saw: '0.01' } });
  trials.end();
});
