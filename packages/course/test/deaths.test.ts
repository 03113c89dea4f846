import { describe, expect, it } from 'vitest';
import { diedBy, endedByTruth, exitCodeTruth, survivedTruth, warningTruth } from '../src/index.ts';
import { deathAt, evidenceOf, type Phase } from './simulated.ts';

/** 6 MB a second: from 40 MB to four fifths of 256 in 28 s, to the end in 36. */
const fatal: Phase = { seconds: 36, per_second: 400, bytes_per_request: 15_728.64 };
const byKernel = deathAt(36);
const byV8 = deathAt(60, {
  ended_by: 'v8-heap-limit',
  exit_status: 134,
  signal: 'SIGABRT',
  left_report: true,
});

describe('an end of the service', () => {
  it('is told by its way', () => {
    const evidence = evidenceOf([fatal], { deaths: [byKernel] });
    expect(diedBy(evidence, 'kernel')).toEqual({ seen: true, saw: 'the process 7 died after 36 s' });
    expect(diedBy(evidence, 'v8')).toEqual({ seen: false, saw: '1 deaths, none of them this way' });
    expect(diedBy(evidenceOf([fatal]), 'v8')).toEqual({ seen: false, saw: 'no death' });
    expect(diedBy(evidenceOf([fatal], { deaths: [deathAt(9, { ended_by: 'exit' })] }), 'kernel').seen).toBe(
      false,
    );
  });

  it('has the code that the shell and Docker tell, though only the signal is known, or not even that', () => {
    const both = evidenceOf([fatal], { deaths: [byKernel, byV8] });
    expect(exitCodeTruth(both, 'kernel')).toMatchObject({ values: [137] });
    expect(exitCodeTruth(both, 'v8')).toMatchObject({ values: [134] });
    const presumed = deathAt(36, { ended_by: 'memory-kill-presumed', exit_status: null, signal: null });
    expect(exitCodeTruth(evidenceOf([fatal], { deaths: [presumed] }), 'kernel')).toMatchObject({
      values: [137],
    });
    const bySignal = { ...byV8, exit_status: null };
    expect(exitCodeTruth(evidenceOf([fatal], { deaths: [bySignal] }), 'v8')).toMatchObject({ values: [134] });
    expect(exitCodeTruth(evidenceOf([fatal]), 'kernel')).toMatchObject({ kind: 'unknown' });
  });

  it('was ended by the kernel, or by the watchdog in its stead', () => {
    const words = { kernel: 'the kernel', watchdog: 'a watchdog' };
    const ended = (ended_by: string) =>
      endedByTruth(evidenceOf([fatal], { deaths: [deathAt(36, { ended_by })] }), words);
    expect(ended('kernel-oom-kill')).toMatchObject({ accepted: ['the kernel'] });
    expect(ended('watchdog')).toMatchObject({ accepted: ['a watchdog'] });
    expect(ended('v8-heap-limit')).toMatchObject({ kind: 'unknown' });
  });

  it('was warned of from four fifths of the limit on', () => {
    const truth = warningTruth(evidenceOf([fatal], { deaths: [byKernel] }));
    expect(truth).toMatchObject({ kind: 'number', tolerance: 0.35 });
    expect(truth.kind === 'number' && truth.values).toEqual([8]);
    expect(warningTruth(evidenceOf([fatal], { deaths: [byV8] }))).toMatchObject({ kind: 'unknown' });
  });

  it('leaves a report where the process had time for one, and the record outside in any case', () => {
    const words = { report: 'report', record: 'record' };
    expect(survivedTruth(evidenceOf([fatal], { deaths: [byKernel] }), words)).toMatchObject({
      accepted: ['record'],
    });
    const wrote = [{ ...byKernel, left_report: true }];
    expect(survivedTruth(evidenceOf([fatal], { deaths: wrote }), words)).toMatchObject({
      accepted: ['report', 'record'],
    });
    expect(survivedTruth(evidenceOf([fatal]), words)).toMatchObject({ kind: 'unknown' });
  });
});
