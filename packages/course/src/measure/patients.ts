import type { Evidence } from '../evidence.ts';
import type { Truth } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes } from './collections.ts';
import { bytesPerRequest, leastGrowth_bytes } from './growth.ts';
import { fileOfGrowth } from './lines.ts';
import { samplesBetween } from './requests.ts';

/** The services of a lab by their names, each as if it were the only one: what is measured of one can be measured of all. */
export function servicesOf(evidence: Evidence): ReadonlyMap<string, Evidence> {
  const others = evidence.patients.map(({ name, ...seen }): [string, Evidence] => [
    name,
    {
      ...evidence,
      ...seen,
      deaths: [],
      diff: () => null,
      patients: [],
    },
  ]);
  return new Map([['a', evidence], ...others]);
}

/** What `measure` says of one of them. */
export function ofService(evidence: Evidence, name: string, measure: (evidence: Evidence) => Truth): Truth {
  const service = servicesOf(evidence).get(name);
  return service === undefined
    ? { kind: 'unknown', waits_for: `the service ${name}, of which nothing was seen so far` }
    : measure(service);
}

/** What holds what grows, in `words` by the name of the file that it comes from. */
export function holderByFile(evidence: Evidence, words: Readonly<Record<string, string>>): Truth {
  const files = fileOfGrowth(evidence);
  if (files.kind !== 'words') return files;
  const accepted = files.accepted.flatMap((file) => words[file.split('/').at(-1) ?? ''] ?? []);
  return accepted.length === 0
    ? { kind: 'unknown', waits_for: 'more growth: its profile does not lead to one place so far' }
    : { kind: 'words', accepted };
}

const alarmOf = (evidence: Evidence, alarms: readonly string[]) =>
  [...servicesOf(evidence)].find(([, { incident }]) => incident?.leaks.some(({ id }) => alarms.includes(id)));

/** Which service only looks like a leak: known as soon as the others are seen to grow by each request for sure. */
export function falseAlarmTruth(
  evidence: Evidence,
  alarms: readonly string[],
  words: (name: string, id: string) => string,
): Truth {
  const found = alarmOf(evidence, alarms);
  if (found === undefined) return { kind: 'unknown', waits_for: 'all services of the lab' };
  const [alarm, { incident }] = found;
  for (const [name, service] of servicesOf(evidence)) {
    if (name === alarm) continue;
    const growth = bytesPerRequest(service);
    if ('waits_for' in growth) return { kind: 'unknown', waits_for: `of each service ${growth.waits_for}` };
    if (growth.low <= leastGrowth_bytes)
      return { kind: 'unknown', waits_for: 'a longer stretch of traffic: what grows is not told for sure' };
  }
  return { kind: 'words', accepted: [words(alarm, incident?.leaks[0]?.id ?? '')] };
}

const lately_ms = 150_000;
const tolerance = 0.15;

/** What the service that only looks like a leak held after the collections of the last minutes. */
export function falseAlarmHolds(evidence: Evidence, alarms: readonly string[]): Truth {
  const service = alarmOf(evidence, alarms)?.[1];
  const from_ms = Math.max(evidence.now_ms - lately_ms, service?.onset_ms ?? 0);
  const lately = service === undefined ? [] : samplesBetween(service, from_ms, evidence.now_ms);
  const values = collectionsIn(lately).flatMap((sample) => heldAfterGc_bytes(sample) ?? []);
  return values.length === 0
    ? { kind: 'unknown', waits_for: 'a collection of all garbage there (POST /admin/gc makes one)' }
    : { kind: 'number', values, tolerance };
}
