import { describe, expect, it } from 'vitest';
import type { Firing } from './firings.ts';
import { healthyScene, leakScene } from './made-up.ts';
import { scoreOf } from './score.ts';

const leaks = [leakScene('a'), leakScene('b', 30)];
const healthy = ['h1', 'h2', 'h3', 'h4'].map(healthyScene);
const all = [...leaks, ...healthy];
const fires = (scene: string, seconds: number, alert = 'Leak', span: Firing['span'] = 'since'): Firing => ({
  ...{ scene, seconds, alert, span },
});
const score = (firings: readonly Firing[], alerts = ['Leak']) => scoreOf(all, alerts, firings);

// Both are at 70 % 10 s after the load began, and at the limit 16 s after.
describe('an alert', () => {
  it('that tells of each leak before 70 % and is quiet else has what its warning is worth beside full marks', () => {
    const told = score([fires('a', 5), fires('b', 35)]);
    expect(told.parts).toMatchObject({
      told: { points: 60, leaks: 2 },
      warning: { points: 30, mean_seconds: 15 },
      false_alarms: { points: 0, count: 0 },
    });
    expect(told.points).toBe(90);
    expect(told.leaks).toMatchObject([
      { name: 'a', in_time: true, warning_seconds: 15, fired: { alert: 'Leak', seconds: 1 } },
      { name: 'b', in_time: true, warning_seconds: 15, fired: { alert: 'Leak', seconds: 1 } },
    ]);
    expect(told.leaks[0]?.fired?.use).toBeCloseTo(0.25);
  });

  it('that never fires scores nothing', () => expect(score([]).points).toBe(0));

  it('that always fires scores nothing: it fires before there is anything, and in what is healthy', () => {
    const always = all.flatMap(({ name, kind }) => [
      ...(kind === 'leak' ? [fires(name, 0, 'Leak', 'before')] : []),
      fires(name, kind === 'leak' ? 5 : 0),
    ]);
    expect(score(always)).toMatchObject({
      points: 0,
      parts: { told: { leaks: 0 }, false_alarms: { count: 6 } },
    });
  });

  it('that comes at 70 % is too late to be in time, and its warning still counts', () =>
    expect(score([fires('a', 14), fires('b', 44)])).toMatchObject({
      points: 12,
      parts: { told: { leaks: 0 }, warning: { points: 12, mean_seconds: 6 } },
    }));

  it('loses a third of all for each false alarm', () => {
    const told = [fires('a', 5), fires('b', 35)];
    expect(score([...told, fires('h1', 4)]).points).toBe(57);
    expect(score([...told, fires('h1', 4), fires('h2', 4)]).points).toBe(23);
    expect(score([...told, fires('h1', 4), fires('h2', 4), fires('h3', 4)]).points).toBe(0);
  });

  it('that tells of one leak only has the half of two', () => expect(score([fires('a', 5)]).points).toBe(45));

  it('that fired while nothing had begun tells nothing of that leak', () =>
    expect(score([fires('a', 1, 'Leak', 'before'), fires('a', 5), fires('b', 35)])).toMatchObject({
      leaks: [{ name: 'a', fired: null, false_alarm: { seconds: -3 } }, { name: 'b' }],
      parts: { told: { leaks: 1 }, false_alarms: { count: 1 } },
    }));
});

describe('several alerts', () => {
  it('count by the first of them', () =>
    expect(
      score([fires('a', 12, 'Soon'), fires('a', 5), fires('b', 35)], ['Leak', 'Soon']).leaks[0],
    ).toMatchObject({
      fired: { alert: 'Leak' },
      warning_seconds: 15,
    }));

  it('that speak of no leak, but of restarts or of the end itself, are not judged', () => {
    const others = [fires('h1', 3, 'Died'), fires('a', 15, 'Missing'), fires('h2', 1, 'Missing')];
    expect(score([...others, fires('a', 5), fires('b', 35)], ['Leak', 'Died', 'Missing'])).toMatchObject({
      points: 90,
      not_judged: ['Died', 'Missing'],
    });
    // Alone they are worth nothing.
    expect(score(others, ['Died', 'Missing']).points).toBe(0);
  });
});

it('the same firings in another order give the same score', () => {
  const firings = [fires('a', 5), fires('a', 5, 'Again'), fires('b', 35), fires('h1', 4)];
  expect(scoreOf(all, ['Leak'], [...firings].reverse())).toEqual(scoreOf(all, ['Leak'], firings));
});
