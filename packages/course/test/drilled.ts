import type { Incident } from '@leak-lab/incident';
import { isFalseAlarm } from '@leak-lab/incident';
import type { Sample } from '@leak-lab/leak-verdict';
import { drillQuestions } from '../src/drill/questions.ts';
import { type Evidence, places, type Session } from '../src/index.ts';
import { begun_seconds, evidenceOf, MB } from './simulated.ts';

type Answers = Session['answers'];

/** What is recorded of an incident under its load, its mean each second: a sample a second, all garbage collected each fifth. */
export function drilledEvidence(
  incident: Incident,
  seconds: number,
  known: Partial<Evidence> = {},
): Evidence {
  const { load, leaks, onset_seconds } = incident;
  if (!load) throw new Error('Expected an incident with a load.');
  const samples: Sample[] = [];
  let [requests, events, reloads, connections, held, remote, after] = [0, 0, 0, 0, 0, 0, 0];
  for (let second = 0; second < seconds; second++) {
    if (second % 5 === 4) after = held;
    samples.push({
      time_seconds: begun_seconds + second,
      process: 1,
      requests_total: Math.round(requests + events + reloads),
      payload_bytes_total: events * load.event_bytes,
      events_total: Math.floor(reloads),
      connections_total: Math.floor(connections),
      full_gc_total: Math.floor((second + 1) / 5),
      heap_after_gc_bytes: 16 * MB + after,
      external_after_gc_bytes: 4 * MB,
      // What the kernel keeps of each connection is beside what the process knows of.
      used_bytes: 80 * MB + held + connections * 16_384 + (second % 7) * MB,
      limit_bytes: 256 * MB,
      remote_bytes: remote,
    });
    requests += load.requests_per_second;
    events += load.events_per_second;
    reloads += 1 / load.reload_every_seconds;
    if (second < onset_seconds) continue;
    for (const { id, bytes_per_request, one_in = 1 } of leaks) {
      if (isFalseAlarm(id)) continue;
      const grown = { events: load.events_per_second, reloads: 1 / load.reload_every_seconds };
      const by = places[id]?.grows_by ?? '';
      const perSecond = by in grown ? grown[by as keyof typeof grown] : load.requests_per_second / one_in;
      if (by === 'connections') connections += perSecond;
      if (id === 'keys') remote += perSecond * bytes_per_request;
      else held += perSecond * bytes_per_request;
    }
  }
  const evidence = evidenceOf([{ seconds: 1, per_second: 0 }]);
  const begun_ms = begun_seconds * 1000;
  return {
    ...evidence,
    incident,
    begun_ms,
    onset_ms: begun_ms + onset_seconds * 1000,
    now_ms: begun_ms + seconds * 1000,
    samples,
    ...known,
  };
}

/** Answers as they are kept, given so many seconds after the begin. */
export const keptAt = (seconds: number, answers: Readonly<Record<string, string>>): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([key, value]) => [
      key,
      { value, given_at_ms: (begun_seconds + seconds) * 1000, state: 'kept', saw: '' },
    ]),
  );

/** The answers of someone who has not looked, as the forms guess them; `finding` where that one is sure of it. */
export const guessed = (random: () => number, finding?: string): Record<string, string> => ({
  ...Object.fromEntries(drillQuestions.map(({ key, form }) => [key, form.guess(random)])),
  ...(finding !== undefined && { finding }),
});
