import { describe, expect, it } from 'vitest';
import {
  connectionsPerMinute,
  endedOneIn,
  fileOfIncident,
  onceTried,
  oneInRequests,
  openThroughPause,
  type Truth,
  type Try,
  tried,
} from '../src/index.ts';
import { begun_seconds, evidenceOf, type Phase } from './simulated.ts';

const usual_perSecond = 20;
const climb: Phase = { seconds: 40, per_second: usual_perSecond, endless_one_in: 10 };
const pause: Phase = { seconds: 12, per_second: 1 };
const valuesOf = (truth: Truth) => (truth.kind === 'number' ? truth.values : []);

describe('connections that come and stay', () => {
  it('are counted by the minute, and by the requests of which one leaves such', () => {
    const evidence = evidenceOf([climb]);
    expect(valuesOf(connectionsPerMinute(evidence, usual_perSecond))[0]).toBeCloseTo(120, -1);
    expect(valuesOf(oneInRequests(evidence, usual_perSecond))[0]).toBeCloseTo(10, 0);
  });

  it('are those of the usual traffic only', () => {
    const burst: Phase = { ...climb, per_second: 200 };
    const evidence = evidenceOf([climb, pause, burst, climb]);
    expect(valuesOf(connectionsPerMinute(evidence, usual_perSecond))[0]).toBeCloseTo(120, -1);
  });

  it('may be let go of meanwhile, which says nothing of how fast they come', () => {
    const { samples, ...evidence } = evidenceOf([climb]);
    const let_go = samples.map((sample) =>
      sample.time_seconds < begun_seconds + 20
        ? sample
        : { ...sample, calls_unfinished: (sample.calls_unfinished ?? 0) - 40 },
    );
    const truth = connectionsPerMinute({ ...evidence, samples: let_go }, usual_perSecond);
    expect(valuesOf(truth)[0]).toBeCloseTo(120, -1);
  });

  it('are also as many as were set off', () => {
    const incident = {
      leaks: [{ id: 'sockets', bytes_per_request: 20_000, one_in: 10 }],
      onset_seconds: 0,
    };
    expect(valuesOf(oneInRequests(evidenceOf([climb], { incident }), usual_perSecond))).toContain(10);
  });

  it('are not known before it has gone on for a while, nor where none come', () => {
    for (const phases of [[{ ...climb, seconds: 10 }], [{ ...climb, endless_one_in: 1_000 }]])
      expect(connectionsPerMinute(evidenceOf(phases), usual_perSecond)).toMatchObject({ kind: 'unknown' });
  });

  it('stay through a pause', () => {
    expect(openThroughPause(evidenceOf([climb])).saw).toContain('without a pause');
    expect(openThroughPause(evidenceOf([pause, climb])).saw).toContain('before anything');
    expect(openThroughPause(evidenceOf([climb, pause]))).toMatchObject({ seen: true });
  });
});

describe('what was tried', () => {
  const tries: Try[] = [
    { key: 'mended', at_ms: 1, figures: { share: 1.01 } },
    { key: 'mended', at_ms: 2, figures: { share: 0.93 } },
    { key: 'mended', at_ms: 3, figures: { share: 0.01 } },
  ];
  const fits = ({ share = 1 }: Try['figures']) => share > 0.85 && share < 0.98;
  const words = ({ share = 1 }: Try['figures']) => `${share}`;

  it('is seen by its figures, whatever came after it', () => {
    expect(tried(evidenceOf([], { tries }), fits, words)).toEqual({ seen: true, saw: '0.93' });
    expect(tried(evidenceOf([], { tries: tries.slice(2) }), fits, words)).toEqual({
      seen: false,
      saw: '0.01',
    });
    expect(tried(evidenceOf([]), fits, words)).toEqual({ seen: false, saw: 'nothing was tried so far' });
  });

  it('tells of how many a fix ends one', () => {
    const truth = endedOneIn(evidenceOf([], { tries }), fits, 14, 'a try');
    expect(valuesOf(truth)[0]).toBeCloseTo(1 / 0.07, 5);
    expect(valuesOf(truth)).toContain(14);
    const wrong = endedOneIn(evidenceOf([], { tries: tries.slice(2) }), fits, 14, 'a try');
    expect(wrong).toEqual({ kind: 'unknown', waits_for: 'a try' });
  });

  it('has to be seen before anybody can say why', () => {
    const truth = (known: readonly Try[]) =>
      onceTried(evidenceOf([], { tries: known }), fits, ['its threshold'], 'a try');
    expect(truth(tries)).toEqual({ kind: 'words', accepted: ['its threshold'] });
    expect(truth(tries.slice(0, 1))).toEqual({ kind: 'unknown', waits_for: 'a try' });
  });
});

it('the file of an incident is known when it has gone on for a while', () => {
  const files = { cache: 'response-cache.ts' };
  const [short, long] = [5, 20].map((seconds) => evidenceOf([{ ...climb, seconds }]));
  expect(fileOfIncident(short as never, files)).toMatchObject({ kind: 'unknown' });
  expect(fileOfIncident(long as never, files)).toEqual({ kind: 'words', accepted: ['response-cache.ts'] });
  expect(fileOfIncident(long as never, {})).toMatchObject({ kind: 'unknown' });
});
