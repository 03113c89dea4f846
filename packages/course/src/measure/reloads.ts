import { bytesOf, type Estimate, median, type Sample, theilSen } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes, lasting } from './collections.ts';
import { pausesIn, samplesBetween, samplesSinceOnset } from './requests.ts';

const leastReloads = 3;
const pause_seconds = 10;
const tolerance = 0.2;
/** Two collections of the same differ by some 300 KB for nothing; of a reload less than this is noise. */
const leastGrowth_bytes = 150_000;

const reloadsOf = ({ events_total }: Sample): number => events_total ?? 0;

const reloadsIn = (samples: readonly Sample[]): number => {
  const [first, last] = [samples[0], samples.at(-1)];
  return first === undefined || last === undefined ? 0 : reloadsOf(last) - reloadsOf(first);
};

/**
 * The life that has seen the most reloads since it began to happen; with what was before that, where no reload came meanwhile: then
 * the same is held.
 */
function lifeOfReloads(evidence: Evidence): readonly Sample[] {
  const lives = Map.groupBy(samplesSinceOnset(evidence), ({ process }) => process);
  const [life = []] = [...lives.values()].toSorted((a, b) => reloadsIn(b) - reloadsIn(a));
  const [first] = life;
  if (first === undefined) return life;
  return samplesBetween(evidence, evidence.begun_ms, evidence.now_ms).filter(
    (sample) => sample.process === first.process && reloadsOf(sample) >= reloadsOf(first),
  );
}

/** Collections in a second without a reload: of another one nobody knows how many reloads came before it. */
function heldByReloads(life: readonly Sample[]): { readonly x: number; readonly y: number }[] {
  return lasting(collectionsIn(life)).flatMap((sample) => {
    const before = life[life.indexOf(sample) - 1];
    const held = heldAfterGc_bytes(sample);
    const isQuiet = before !== undefined && reloadsOf(before) === reloadsOf(sample);
    return isQuiet && held !== null ? [{ x: reloadsOf(sample), y: held }] : [];
  });
}

/** Bytes that stay of each reload since it began to happen; what is missing, where it is not known yet. */
export function bytesPerReload(evidence: Evidence): Estimate | { readonly waits_for: string } {
  const life = lifeOfReloads(evidence);
  const reloads = reloadsIn(life);
  if (reloads < leastReloads)
    return { waits_for: `${leastReloads} reloads in one life of the service; it has seen ${reloads}` };
  // The usual of those at the same count: garbage that only a second collection takes is none of its doing.
  const alike = Map.groupBy(heldByReloads(life), ({ x }) => x);
  const points = [...alike].map(([x, same]) => ({ x, y: median(same.map(({ y }) => y)) }));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.x - first.x < leastReloads)
    return {
      waits_for: `two collections of the whole heap with ${leastReloads} reloads between them, each a second after the last reload`,
    };
  const value = (last.y - first.y) / (last.x - first.x);
  return theilSen(points) ?? { low: value, value, high: value };
}

/** What lacks before anything can be said of reloads, in words for a hint; `undefined` where nothing does. */
export function lackingReloads(evidence: Evidence): string | undefined {
  const growth = bytesPerReload(evidence);
  return 'waits_for' in growth
    ? `Memory goes by reloads here, not by requests, and it takes ${growth.waits_for}. curl -s -X POST localhost:8080/api/blocklist/reload makes one; curl -s -X POST localhost:8080/admin/gc collects.`
    : undefined;
}

/** Bytes a reload as a question's truth. */
export function bytesPerReloadTruth(evidence: Evidence): Truth {
  const growth = bytesPerReload(evidence);
  return 'waits_for' in growth
    ? { kind: 'unknown', ...growth }
    : { kind: 'number', values: [growth.value], tolerance };
}

/** A silence after reloads, with neither requests nor reloads in it, and what a collection in it left. */
function silenceAfterReloads(evidence: Evidence): { readonly held_bytes: number } | { readonly saw: string } {
  const life = lifeOfReloads(evidence);
  const [first] = life;
  const silences = pausesIn(life, pause_seconds).map(({ from_ms, to_ms }) =>
    samplesBetween(evidence, from_ms, to_ms),
  );
  if (silences.length === 0) return { saw: `no ${pause_seconds} s without requests` };
  const quiet = silences.filter((silence) => reloadsIn(silence) === 0);
  if (quiet.length === 0) return { saw: 'reloads in the silence' };
  const after = quiet.filter(
    ([begin]) => begin !== undefined && first !== undefined && reloadsIn([first, begin]) >= leastReloads,
  );
  if (after.length === 0)
    return { saw: `a silence, and not ${leastReloads} reloads before it in the same life` };
  for (const silence of after) {
    const collected = collectionsIn(silence).at(-1);
    const held = collected && heldAfterGc_bytes(collected);
    if (held != null) return { held_bytes: held };
  }
  return { saw: 'a silence after the reloads, and no collection of all garbage in it' };
}

/** Whether what reloads left was looked at in idle: nobody asks, nothing is reloaded, all garbage is collected. */
export function heldInIdle(evidence: Evidence): Sight {
  const silence = silenceAfterReloads(evidence);
  return 'saw' in silence
    ? { seen: false, saw: silence.saw }
    : { seen: true, saw: `in idle ${bytesOf(silence.held_bytes)} are still held` };
}

/** Whether what comes with a reload stays, or is the memory of work under way: by what idle left of it. */
export function stayedTruth(
  evidence: Evidence,
  words: { readonly leak: string; readonly pressure: string },
): Truth {
  const silence = silenceAfterReloads(evidence);
  if ('saw' in silence)
    return { kind: 'unknown', waits_for: `a silence after reloads: so far ${silence.saw}` };
  const growth = bytesPerReload(evidence);
  if ('waits_for' in growth) return { kind: 'unknown', ...growth };
  return {
    kind: 'words',
    accepted: [growth.value > leastGrowth_bytes ? words.leak : words.pressure],
  };
}
