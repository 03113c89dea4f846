import { expect, it } from 'vitest';
import type { Evidence } from '../src/index.ts';
import { bleedingStopped, flatSinceOff } from '../src/index.ts';
import { begun_seconds, evidenceOf, MB, type Phase } from './simulated.ts';

const leaking: Phase = { seconds: 30, per_second: 100, bytes_per_request: 8_000 };
const mended: Phase = { seconds: 30, per_second: 100 };

/** A service that leaks for 30 s and is flat from then on; `let_go`: what had grown is let go of there. */
function stoppedAfter30(
  kinds: readonly (readonly [seconds: number, kind: string, id?: string])[],
  let_go = true,
): Evidence {
  const { samples, ...evidence } = evidenceOf([leaking, mended]);
  const grown = leaking.seconds * leaking.per_second * (leaking.bytes_per_request ?? 0);
  const isAfter = (time_seconds: number) => time_seconds >= begun_seconds + leaking.seconds;
  return {
    ...evidence,
    samples: samples.map((sample) =>
      let_go && isAfter(sample.time_seconds)
        ? { ...sample, heap_after_gc_bytes: (sample.heap_after_gc_bytes ?? 0) - Math.min(grown, 20 * MB) }
        : sample,
    ),
    events: kinds.map(([seconds, kind, id = 'cache']) => ({
      time_ms: (begun_seconds + seconds) * 1000,
      kind,
      title: kind,
      details: { id },
    })),
  };
}

it('a leak that is on is not stopped, however flat it is', () => {
  expect(flatSinceOff(stoppedAfter30([]))).toEqual({ seen: false, saw: 'it is still on' });
  expect(bleedingStopped(stoppedAfter30([]))).toEqual({ seen: false, saw: 'it is still on' });
});

it('that the leak of the lab before went off is seen with the first look, and stops nothing', () => {
  const begun = stoppedAfter30([
    [1, 'leak_on'],
    [1, 'leak_off', 'history'],
  ]);
  expect(flatSinceOff(begun)).toEqual({ seen: false, saw: 'it is still on' });
  expect(bleedingStopped(begun)).toEqual({ seen: false, saw: 'it is still on' });
});

it('is flat by two collections and the requests between them, since it is off', () => {
  expect(flatSinceOff(stoppedAfter30([[30, 'leak_off']]))).toMatchObject({ seen: true });
  expect(flatSinceOff(stoppedAfter30([[50, 'leak_off']])).saw).toContain('requests between two collections');
  expect(flatSinceOff(stoppedAfter30([[5, 'leak_off']], false)).seen).toBe(false);
});

it('what was proved while it was off stays proved when the mended code is switched on', () => {
  const tried = stoppedAfter30([
    [30, 'leak_off'],
    [58, 'leak_on'],
  ]);
  expect(flatSinceOff(tried)).toMatchObject({ seen: true });
  expect(bleedingStopped(tried)).toMatchObject({ seen: true });
  const tooEarly = stoppedAfter30([
    [30, 'leak_off'],
    [36, 'leak_on'],
  ]);
  expect(flatSinceOff(tooEarly).seen).toBe(false);
});

it('the collection that came in the second of switching it off is the first', () => {
  const seen = flatSinceOff(
    stoppedAfter30([
      [34, 'leak_off'],
      [52, 'leak_on'],
    ]),
  );
  expect(seen).toMatchObject({ seen: true, saw: expect.stringContaining('1,500 requests') });
});

it('is not flat by a collection that fell into the reading of a heap snapshot', () => {
  const leaks = stoppedAfter30([[5, 'leak_off']], false);
  const [first] = leaks.samples.filter(({ time_seconds }) => time_seconds > begun_seconds + 5);
  const read = leaks.samples.map((sample) =>
    sample.full_gc_total === (first?.full_gc_total ?? 0) + 1
      ? { ...sample, external_after_gc_bytes: 4 * MB + 30 * MB }
      : sample,
  );
  expect(flatSinceOff({ ...leaks, samples: read.slice(0, 30) }).seen).toBe(false);
});

it('off is not enough: what had grown must be gone', () => {
  expect(bleedingStopped(stoppedAfter30([[30, 'leak_off']])).seen).toBe(true);
  const kept = bleedingStopped(stoppedAfter30([[30, 'leak_off']], false));
  expect(kept).toEqual({ seen: false, saw: expect.stringContaining('it is off; of ') });
});
