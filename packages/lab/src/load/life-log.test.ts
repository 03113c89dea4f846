import { describe, expect, it } from 'vitest';
import { follow, type LifeUnderLoad, type LoadEvent, type Look } from './life-log.ts';

interface Seen {
  readonly answered: number;
  readonly service: { readonly pid: number; readonly started_seconds: number } | 'gone' | 'slow';
}

/** Follows the service through looks one second apart. */
function events(...looks: Seen[]): LoadEvent[] {
  let life: LifeUnderLoad | undefined;
  let seen = false;
  return looks.flatMap(({ answered, service }, at_seconds) => {
    const look: Look = {
      at_seconds,
      answered,
      service:
        typeof service === 'string'
          ? service
          : { pid: service.pid, uptime_seconds: at_seconds - service.started_seconds },
    };
    const step = follow(life, look, seen);
    life = step.life;
    seen ||= life !== undefined;
    return step.events;
  });
}
const up = (pid: number, answered: number, started_seconds = -10): Seen => ({
  answered,
  service: { pid, started_seconds },
});
const gone = (answered: number) => ({ answered, service: 'gone' as const });
const slow = (answered: number) => ({ answered, service: 'slow' as const });

describe('the load follows the service', () => {
  it('and says nothing while it lives', () => expect(events(up(1, 0), up(1, 200), up(1, 400))).toEqual([]));

  it('and tells its death, counted from its own start, and its return', () =>
    expect(events(up(1, 0), up(1, 200), gone(350), gone(350), up(2, 350), up(2, 500), gone(600))).toEqual([
      { kind: 'died', at_seconds: 2, after_seconds: 2, after_requests: 350 },
      { kind: 'back', at_seconds: 4, pid: 2 },
      { kind: 'died', at_seconds: 6, after_seconds: 2, after_requests: 250 },
    ]));

  it('and sees a restart that fell between two looks', () =>
    expect(events(up(1, 0), up(2, 200)).map(({ kind }) => kind)).toEqual(['died', 'back']));

  it('and sees it in a container, where each process has the same number', () =>
    expect(events(up(7, 0), up(7, 200), up(7, 210, 1.7)).map(({ kind }) => kind)).toEqual(['died', 'back']));

  it('and takes a slow service for no dead one', () =>
    expect(events(up(1, 0), slow(100), up(1, 150))).toEqual([]));

  it('and reports no death of one it never saw', () => expect(events(gone(0), up(1, 0))).toEqual([]));
});
