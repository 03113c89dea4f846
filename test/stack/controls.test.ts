import { beforeAll, describe, expect, it } from 'vitest';
import { type Played, playSideBySide } from './play.ts';

const duration_seconds = 120;
const played = new Map<string, Played>();
const of = (control: string) => played.get(control) as Played;

// Side by side, each in a stack of its own: a healthy service must not depend on having the machine for itself.
beforeAll(async () => {
  const all = await playSideBySide(['warm-cache', 'churn', 'none'], duration_seconds);
  for (const one of all) {
    console.log(JSON.stringify(one));
    played.set(one.control, one);
  }
});

describe('what only looks like a leak makes no alert about memory', () => {
  it('a cache that fills and levels out below 45 % of the limit', () => {
    expect(of('warm-cache').use_highest).toBeLessThan(0.45);
    // 28 MB of pages by then: 0.11 of the limit.
    expect(of('warm-cache').use_highest - of('none').use_highest).toBeGreaterThan(0.08);
    expect(of('warm-cache')).toMatchObject({ lives: 1, alerts: [] });
  });

  it('garbage up to 80 % of the limit and back', () => {
    expect(of('churn').use_highest).toBeGreaterThan(0.8);
    expect(of('churn').use_highest - of('churn').use_then_lowest).toBeGreaterThan(0.2);
    expect(of('churn')).toMatchObject({ lives: 1, alerts: [] });
  });

  it('a load that goes from 20 to 200 requests a second', () => {
    expect(of('none')).toMatchObject({ lives: 1, alerts: [] });
  });
});
