import { type Incident, incidentOf, seedFor } from '@leak-lab/incident';
import { describe, expect, it } from 'vitest';
import { points } from '../src/drill/score.ts';
import { offKey, places, scoreOf } from '../src/index.ts';
import { drilledEvidence, guessed, keptAt } from './drilled.ts';
import { begun_seconds, deathAt, MB } from './simulated.ts';

const levels = [1, 2, 3] as const;
const seconds = 120;
const answered_seconds = 100;

const caseOf = (ids: readonly string[], level: 1 | 2 | 3 = 1) =>
  incidentOf(
    seedFor(({ leaks }) => leaks.length === ids.length && leaks.every(({ id }) => ids.includes(id)), {
      level,
    }),
    level,
  );

/** What one says who has measured well, `seconds` after the begin. */
function rightOf(incident: Incident): Record<string, string> {
  const right = incident.leaks.flatMap(({ id }) => places[id] ?? []);
  const [place] = right;
  if (place === undefined) return { finding: 'no leak' };
  return {
    finding: 'leak',
    grows_by: place.grows_by,
    bytes_each: String(incident.leaks.reduce((sum, { bytes_per_request }) => sum + bytes_per_request, 0)),
    file: right.map(({ file }) => file).join(', '),
    function: 'handle',
    holder: place.holder,
    kill_in: incident.leaks[0]?.id === 'keys' ? 'never' : `${Math.round(secondsLeft(incident))} s`,
  };
}

/** By the figures that the evidence is made of. */
function secondsLeft(incident: Incident): number {
  const { samples, limit_bytes } = drilledEvidence(incident, seconds);
  const used = (at: number) => samples[at]?.used_bytes ?? 0;
  // Seven seconds apart the garbage is the same.
  const perSecond = (used(answered_seconds) - used(answered_seconds - 35)) / 35;
  return ((limit_bytes ?? 0) - used(answered_seconds)) / perSecond;
}

const score = (incident: Incident, answers: Record<string, string>, level = 1, known = {}) =>
  scoreOf(keptAt(answered_seconds, answers), incident, level, drilledEvidence(incident, seconds, known));

describe('what is answered in a drill', () => {
  it.each(Object.keys(places))('is scored in full where it is right: %s', (id) => {
    const incident = caseOf([id]);
    const { parts, points: reached } = score(incident, rightOf(incident));
    expect(parts.filter((part) => part.points < part.of)).toEqual([]);
    expect(reached).toBe(100);
  });

  it.each(Object.keys(places))('brings next to nothing where it is that of another case: %s', (id) => {
    const incident = caseOf([id]);
    for (const other of Object.keys(places).filter((one) => one !== id)) {
      const { parts, points: reached } = score(incident, {
        ...rightOf(caseOf([other])),
        bytes_each: '40 MB',
        kill_in: '1 h',
      });
      expect({ other, of: parts.find(({ key }) => key === 'file')?.points }).toEqual({ other, of: 0 });
      // That it is a leak, by requests, in handle: so much is the same.
      expect(reached).toBeLessThanOrEqual(40);
    }
  });

  it('is scored the same twice', () => {
    const incident = caseOf(['expired'], 2);
    const answers = guessed(() => 0.37, 'leak');
    expect(score(incident, answers, 2)).toEqual(score(incident, answers, 2));
  });

  it('costs as much for a false alarm as for a miss, and nothing else counts then', () => {
    const [leak, alarm] = [caseOf(['cache']), caseOf(['churn'])];
    expect(score(leak, { ...rightOf(leak), finding: 'no leak' }).points).toBe(-points.finding);
    expect(score(alarm, { ...rightOf(leak), finding: 'leak' }).points).toBe(-points.finding);
  });

  it('is given in full to who finds that nothing is wrong, and names nothing', () => {
    const alarm = caseOf(['pool']);
    expect(score(alarm, { finding: 'no leak' }).points).toBe(100);
    const saying = {
      finding: 'no leak',
      grows_by: 'nothing',
      bytes_each: '0',
      file: 'none',
      kill_in: 'never',
    };
    expect(score(alarm, saying).points).toBe(100);
    expect(score(alarm, { finding: 'no leak', file: 'order-views.ts' }).points).toBe(85);
  });

  it('counts where only a part of it was given, and nothing where nothing was', () => {
    const incident = caseOf(['reload']);
    expect(score(incident, { file: 'services/leaky-service/src/features/blocklist.ts:37' }).points).toBe(
      points.file,
    );
    expect(score(incident, {})).toMatchObject({ points: 0, of: 100 });
  });

  it('names both of two at once; one is half, and a third costs', () => {
    const incident = caseOf(['cache', 'history'], 3);
    const filePoints = (file: string) =>
      score(incident, { finding: 'leak', file }, 3).parts.find(({ key }) => key === 'file')?.points;
    expect(filePoints('request-history.ts, response-cache.ts')).toBe(15);
    expect(filePoints('response-cache')).toBe(8);
    expect(filePoints('response-cache, order-views')).toBe(0);
    expect(filePoints('response-cache, request-history, order-views')).toBe(8);
  });

  it('may be off by a fourth in size and by a third in time, and no more', () => {
    const incident = caseOf(['cache']);
    const [{ bytes_per_request = 0 } = {}] = incident.leaks;
    const part = (key: string, answers: Record<string, string>) =>
      score(incident, { finding: 'leak', ...answers }).parts.find((one) => one.key === key)?.points;
    expect(part('bytes_each', { bytes_each: String(bytes_per_request * 1.2) })).toBe(20);
    expect(part('bytes_each', { bytes_each: String(bytes_per_request * 1.4) })).toBe(0);
    expect(part('kill_in', { kill_in: `${secondsLeft(incident) * 1.2} s` })).toBe(15);
    expect(part('kill_in', { kill_in: `${secondsLeft(incident) * 2} s` })).toBe(0);
  });

  it('holds a time against what is asked then, too, where the customers were held off or sent more', () => {
    const incident = caseOf(['history']);
    const left = secondsLeft(incident);
    const pause = (seconds: number) => {
      const { samples } = drilledEvidence(incident, 160);
      // For so long before it is answered nothing comes; the rest is as it was, that much later.
      return samples
        .filter(({ time_seconds }) => time_seconds < begun_seconds + answered_seconds - seconds)
        .concat(
          Array.from({ length: seconds }, (_, at) => ({
            ...(samples[answered_seconds - seconds - 1] as (typeof samples)[number]),
            time_seconds: begun_seconds + answered_seconds - seconds + at,
          })),
        );
    };
    const part = (known: object, kill_in: string) =>
      score(incident, { finding: 'leak', kill_in }, 1, known).parts.find(({ key }) => key === 'kill_in');
    // Held off for half a minute: as much is left as was then, at the load that comes back.
    expect(part({ samples: pause(30) }, `${Math.round(left + 30)} s`)?.points).toBe(15);
    expect(part({ samples: pause(30) }, `${Math.round(left * 4)} s`)?.points).toBe(0);
  });

  it('holds a time against the death that came, and is nothing once it has come', () => {
    const incident = caseOf(['history']);
    const died = { deaths: [deathAt(answered_seconds + 20)] };
    const part = (known: object, kill_in: string) =>
      score(incident, { finding: 'leak', kill_in }, 1, known).parts.find(({ key }) => key === 'kill_in')
        ?.points;
    expect(part(died, '20 s')).toBe(15);
    expect(part({ deaths: [deathAt(answered_seconds - 20)] }, `${secondsLeft(incident)} s`)).toBe(0);
  });
});

describe('someone who has not looked', () => {
  /** The mean share of all points over many drills. */
  function meanOf(answersOf: (random: () => number) => Record<string, string>): number {
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const shares = Array.from({ length: 150 }, (_, seed) => {
      const level = levels[seed % 3] ?? 1;
      const { points: reached, of } = score(incidentOf(seed, level), answersOf(random), level);
      return reached / of;
    });
    return shares.reduce((sum, one) => sum + one, 0) / shares.length;
  }

  it.each([
    ['guesses all', (random: () => number) => guessed(random), 0.2],
    ['always says leak, and guesses the rest', (random: () => number) => guessed(random, 'leak'), 0.3],
    ['always says leak, and no more', () => ({ finding: 'leak' }), 0.12],
    ['always says that it is none', () => ({ finding: 'no leak' }), 0.2],
    ['says the same of every one', () => rightOf(caseOf(['cache'])), 0.4],
  ] as const)('scores low who %s', (_, answersOf, most) => {
    expect(meanOf(answersOf)).toBeLessThan(most);
  });
});

describe('a service that is to be kept up', () => {
  const incident = caseOf(['listeners'], 2);
  const keptUp = (known: object, of = incident) =>
    score(of, rightOf(of), 2, known).parts.find(({ key }) => key === 'kept_up');
  const off = (at: number) => ({
    key: offKey('order-views.ts'),
    at_ms: (begun_seconds + at) * 1000,
    figures: {},
  });

  it('is not, as long as nothing was done', () => {
    expect(keptUp({})).toMatchObject({ points: 0, was: 'nothing was done to it' });
  });

  it('is not by switching off what does not leak', () => {
    expect(keptUp({ tries: [off(60)] })).toMatchObject({
      points: 0,
      was: expect.stringMatching(/bytes left of each/),
    });
  });

  it('is by switching off what leaks: it is flat from then on', () => {
    const grown = drilledEvidence({ ...incident, onset_seconds: 0 }, 61).samples;
    const flat = drilledEvidence(incident, seconds).samples.map((sample, at) => ({
      ...sample,
      heap_after_gc_bytes: grown[Math.min(at, 60)]?.heap_after_gc_bytes,
    }));
    expect(keptUp({ samples: flat, tries: [off(60)] })).toMatchObject({ points: 20 });
  });

  it('is by mending it with a bound, once that is full', () => {
    const grown = drilledEvidence({ ...incident, onset_seconds: 0 }, seconds).samples;
    // For a fourth of the time since it fills its bound, as fast as it leaked.
    const bounded = (until: number) =>
      drilledEvidence(incident, until).samples.map((sample, at) => ({
        ...sample,
        heap_after_gc_bytes: grown[Math.min(at, 75)]?.heap_after_gc_bytes,
      }));
    expect(keptUp({ samples: bounded(seconds), tries: [off(60)] })).toMatchObject({ points: 20 });
    expect(keptUp({ samples: bounded(80), tries: [off(60)] })).toMatchObject({ points: 0 });
  });

  describe('while a heap snapshot is read', () => {
    const { samples: leaking } = drilledEvidence(incident, seconds);
    /** With 10 MB outside of the heap in so many of the collections since it was done; a negative index is from the end. */
    const readDuring = (samples: typeof leaking, ...which: readonly number[]) => {
      const collections = [...new Set(samples.slice(65).map(({ full_gc_total }) => full_gc_total))];
      const during = which.map((index) => collections.at(index));
      return samples.map((sample) =>
        during.includes(sample.full_gc_total)
          ? { ...sample, external_after_gc_bytes: (sample.external_after_gc_bytes ?? 0) + 10 * MB }
          : sample,
      );
    };

    it('is not by what the reading gives back', () => {
      const leaks = incident.leaks.map((leak) => ({ ...leak, bytes_per_request: 2048 }));
      const little = { ...incident, leaks };
      const { samples } = drilledEvidence(little, seconds);
      for (const which of Array.from({ length: 11 }).keys()) {
        const known = { samples: readDuring(samples, which), tries: [off(60)] };
        expect(keptUp(known, little), `collection ${which}`).toMatchObject({ points: 0 });
      }
    });

    it('is by what was flat before the reading', () => {
      const flat = leaking.map((sample) => ({ ...sample, heap_after_gc_bytes: 40 * MB }));
      for (const which of [[-1], [-1, -2]]) {
        const known = { samples: readDuring(flat, ...which), tries: [off(60)] };
        expect(keptUp(known), `collections ${which}`).toMatchObject({ points: 20 });
      }
      expect(keptUp({ samples: readDuring(leaking, -1), tries: [off(60)] })).toMatchObject({ points: 0 });
    });

    it('is not, where what grows lies outside of the heap', () => {
      const outside = leaking.map((sample) => ({
        ...sample,
        heap_after_gc_bytes: 16 * MB,
        external_after_gc_bytes: (sample.heap_after_gc_bytes ?? 0) - 12 * MB,
      }));
      expect(keptUp({ samples: outside, tries: [off(60)] })).toMatchObject({ points: 0 });
      expect(keptUp({ samples: readDuring(outside, 3), tries: [off(60)] })).toMatchObject({ points: 0 });
    });
  });

  it('is not, where it was killed after all', () => {
    expect(keptUp({ tries: [off(60)], deaths: [deathAt(90)] })).toMatchObject({
      points: 0,
      was: expect.stringMatching(/killed/),
    });
  });

  it('is, where it was restarted in time and outlived what it had', () => {
    // It has stopped in order: nobody lists that as a death.
    const samples = drilledEvidence(incident, seconds).samples.map((sample, at) => ({
      ...sample,
      process: at < 60 ? 1 : 2,
    }));
    const late = { now_ms: (begun_seconds + 900) * 1000 };
    expect(keptUp({ samples, ...late })).toMatchObject({
      points: 20,
      was: expect.stringMatching(/outlived/),
    });
    expect(keptUp({ samples })).toMatchObject({ points: 0 });
  });

  it('is let alone, where nothing is wrong', () => {
    const alarm = caseOf(['warm-cache'], 2);
    expect(keptUp({}, alarm)).toMatchObject({ points: 20 });
    expect(keptUp({ tries: [off(60)] }, alarm)).toMatchObject({ points: 0 });
  });
});
