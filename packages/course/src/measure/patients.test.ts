import { type Incident, incidentOf, seedFor } from '@leak-lab/incident';
import type { Sample } from '@leak-lab/leak-verdict';
import { describe, expect, it } from 'vitest';
import { lab } from '../../../../labs/06-three-patients/lab.ts';
import type { Evidence, GrowingLine, Patient } from '../evidence.ts';
import { judge, type Part, type Question } from '../index.ts';
import { partsOf } from '../parts.ts';

const MB = 1024 ** 2;
const perSecond = 50;
const [sick, deployed] = partsOf(lab) as [Part, Part];

/** Two minutes of a process that holds `held_bytes` after so many requests, and is collected each tenth second. */
const samplesOf = (held_bytes: (requests: number) => number): Sample[] =>
  Array.from({ length: 121 }, (_, second) => ({
    time_seconds: second,
    process: 7,
    requests_total: second * perSecond,
    full_gc_total: Math.floor(second / 10),
    heap_after_gc_bytes: 20 * MB + held_bytes(Math.floor(second / 10) * 10 * perSecond),
    external_after_gc_bytes: 4 * MB,
    used_bytes: 90 * MB,
  }));

const lineOf = (file: string): GrowingLine => ({
  file: `features/${file}`,
  line: 20,
  function: 'handle',
  size_bytes: 30 * MB,
  growth_bytes: 29 * MB,
});

const files: Readonly<Record<string, string>> = {
  cache: 'response-cache.ts',
  listeners: 'order-views.ts',
  history: 'request-history.ts',
};
const leakOf = ({ leaks }: Incident) => leaks[0] as Incident['leaks'][number];

/** What one sees of a service in which an incident runs: a leak climbs, another thing is at its height at once. */
function seenOf(incident: Incident): Omit<Patient, 'name'> {
  const { id, bytes_per_request } = leakOf(incident);
  const file = files[id];
  return {
    incident,
    onset_ms: 0,
    service_is_up: true,
    limit_bytes: 256 * MB,
    samples: samplesOf((requests) => (file === undefined ? 30 * MB : requests * bytes_per_request)),
    lines: () => (file === undefined ? [] : [lineOf(file)]),
  };
}

function evidenceOf(incidents: readonly Incident[]): Evidence {
  const [first, ...others] = incidents.map(seenOf);
  const names = ['b', 'c'];
  return {
    now_ms: 120_000,
    begun_ms: 0,
    traffic_per_second: perSecond,
    deaths: [],
    events: [],
    tries: [],
    diff: () => null,
    ...(first as Omit<Patient, 'name'>),
    patients: others.map((one, index) => ({ ...one, name: names[index] as string })),
  };
}

const drawn = ({ setup }: Part) => setup.seeds((fits) => seedFor(fits)).map((seed) => incidentOf(seed));
const ask = ({ items }: Part, key: string) => items.find((item) => item.key === key) as Question;
const verdict = (part: Part, key: string, answer: string, evidence: Evidence) =>
  judge(ask(part, key), answer, evidence).verdict;

const holders: Readonly<Record<string, string>> = { cache: 'map', listeners: 'listeners', history: 'array' };

describe('three patients', () => {
  it('have the three leaks in any order, each steeper or flatter than the others', () => {
    const orders = new Set<string>();
    for (let time = 0; time < 60; time += 1) {
      const incidents = drawn(sick);
      orders.add(incidents.map((one) => leakOf(one).id).join());
      const sizes = incidents.map((one) => leakOf(one).bytes_per_request).toSorted((a, b) => a - b);
      expect((sizes[1] as number) / (sizes[0] as number)).toBeGreaterThan(1.14);
      expect((sizes[2] as number) / (sizes[1] as number)).toBeGreaterThan(1.2);
    }
    expect(orders.size).toBe(6);
  });

  it('are each judged by what was seen of them', () => {
    for (let time = 0; time < 20; time += 1) {
      const incidents = drawn(sick);
      const evidence = evidenceOf(incidents);
      for (const [index, name] of ['a', 'b', 'c'].entries()) {
        const { id } = leakOf(incidents[index] as Incident);
        for (const [other, words] of Object.entries(holders))
          expect(verdict(sick, `held_by_${name}`, words, evidence)).toBe(other === id ? 'right' : 'wrong');
      }
      expect(verdict(sick, 'file_b', files[leakOf(incidents[1] as Incident).id] as string, evidence)).toBe(
        'right',
      );
      expect(verdict(sick, 'file_b', 'price-quotes.ts', evidence)).toBe('wrong');
      const { bytes_per_request } = leakOf(incidents[2] as Incident);
      expect(verdict(sick, 'bytes_c', String(bytes_per_request), evidence)).toBe('right');
      expect(verdict(sick, 'bytes_c', String(2 * bytes_per_request), evidence)).toBe('wrong');
    }
  });

  it('wait where nothing was seen of one of them', () => {
    const evidence = { ...evidenceOf(drawn(sick)), patients: [] };
    expect(judge(ask(sick, 'bytes_c'), '9000', evidence)).toMatchObject({
      saw: expect.stringContaining('the service c'),
    });
  });
});

describe('after the deployment', () => {
  const alarms = { 'warm-cache': 'bounded', churn: 'garbage', pool: 'buffers' };

  it('one of them only looks like a leak, any of the three', () => {
    const places = new Set<string>();
    for (let time = 0; time < 60; time += 1) {
      const ids = drawn(deployed).map((one) => leakOf(one).id);
      const alarm = ids.filter((id) => id in alarms);
      expect(alarm).toHaveLength(1);
      expect(new Set(ids).size).toBe(3);
      places.add(`${ids.indexOf(alarm[0] as string)}`);
    }
    expect(places.size).toBe(3);
  });

  it('is told by its name, by what it does, and by what it holds', () => {
    for (let time = 0; time < 20; time += 1) {
      const incidents = drawn(deployed);
      const evidence = evidenceOf(incidents);
      const ids = incidents.map((one) => leakOf(one).id);
      const place = ids.findIndex((id) => id in alarms);
      for (const [index, name] of ['a', 'b', 'c'].entries())
        expect(verdict(deployed, 'no_leak', name, evidence)).toBe(index === place ? 'right' : 'wrong');
      for (const [id, words] of Object.entries(alarms))
        expect(verdict(deployed, 'because', words, evidence)).toBe(id === ids[place] ? 'right' : 'wrong');
      expect(verdict(deployed, 'held_bytes', '54 MB', evidence)).toBe('right');
      expect(verdict(deployed, 'held_bytes', '100 MB', evidence)).toBe('wrong');
    }
  });

  it('is not judged before the others are seen to leak', () => {
    const [first, ...others] = drawn(deployed);
    const evidence = evidenceOf([first as Incident, ...others]);
    const flat = {
      ...evidence,
      samples: samplesOf(() => 0),
      patients: evidence.patients.map((one) => ({ ...one, samples: samplesOf(() => 0) })),
    };
    expect(verdict(deployed, 'no_leak', 'a', flat)).toBe('waiting');
  });
});

it('all questions are answered by chance less often than one time in fifty', () => {
  const tries = 600;
  let passed = 0;
  for (let time = 0; time < tries; time += 1) {
    const right = partsOf(lab).every((part) => {
      const evidence = evidenceOf(drawn(part));
      return part.items.every(
        (item) =>
          item.kind !== 'question' ||
          item.key === 'count_a' ||
          judge(item, item.form.guess(Math.random), evidence).verdict === 'right',
      );
    });
    if (right) passed += 1;
  }
  expect(passed / tries).toBeLessThan(1 / 50);
});
