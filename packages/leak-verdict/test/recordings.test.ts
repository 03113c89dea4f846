import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Verdict, verdictOf } from '../src/index.ts';
import { type Recording, samplesOf } from './recording.ts';

const folder = new URL('recordings/', import.meta.url);

const read = (file: string) => {
  const recording = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Recording;
  return { set_bytes_per_request: recording.set_bytes_per_request, samples: samplesOf(recording) };
};
const verdictOn = (name: string): Verdict => verdictOf(read(`${name}.json`).samples);
const named = (pattern: RegExp): string[] => readdirSync(folder).filter((file) => pattern.test(file));

describe('the lab’s service, by the procedure', () => {
  it.each(named(/^procedure-.*-leaky/))('%s: a leak in the heap, within 15 % of what is set', (file) => {
    const { set_bytes_per_request, samples } = read(file);
    const verdict = verdictOf(samples);
    expect(verdict).toMatchObject({ finding: 'leak', unit: 'request', where: 'heap', afterLoad: true });
    const ratio = (verdict.bytes_per_unit?.value ?? 0) / set_bytes_per_request;
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  it.each(named(/^procedure-.*-(fixed|none)/))('%s: stable, under 50 bytes a request', (file) => {
    const { finding, bytes_per_request } = verdictOf(read(file).samples);
    expect(finding).toBe('stable');
    expect(bytes_per_request?.high).toBeLessThan(50);
  });

  it('a cache that fills ever slower is no leak, and what is said is that it may be a cache', () => {
    const { finding, sentence } = verdictOn('procedure-warm-cache-control');
    expect(finding).toBe('not enough data');
    expect(sentence).toMatch(/slows down by itself, as that of a cache that fills/);
  });

  it('garbage is pressure, and a pool that was there before the first reading is stable', () => {
    expect(verdictOn('procedure-churn-control').finding).toBe('allocation pressure');
    expect(verdictOn('procedure-pool-control').finding).toBe('stable');
  });
});

describe('the lab’s service, watched for a minute', () => {
  it('tells a leak that passes half of the limit', () => {
    const { set_bytes_per_request } = read('watched-cache-leaky.json');
    const { finding, bytes_per_unit, afterLoad } = verdictOn('watched-cache-leaky');
    expect({ finding, afterLoad }).toEqual({ finding: 'leak', afterLoad: false });
    expect((bytes_per_unit?.value ?? 0) / set_bytes_per_request).toBeGreaterThan(0.85);
    expect((bytes_per_unit?.value ?? 0) / set_bytes_per_request).toBeLessThan(1.15);
  });

  it('does not take the same minute for a leak while it may be a cache', () => {
    const { samples } = read('watched-cache-leaky.json');
    expect(verdictOf(samples.slice(0, 25)).finding).toBe('not enough data');
  });

  it.each(['watched-cache-fixed', 'watched-idle-none'])('%s: no leak, and how much more it takes', (name) => {
    const { finding, more } = verdictOn(name);
    expect(['stable', 'not enough data']).toContain(finding);
    if (finding === 'not enough data') expect(more?.amount).toBeGreaterThan(0);
  });
});
