import { setTimeout as pause } from 'node:timers/promises';
import { type DrillLevel, type Evidence, places, type Score, scoreOf } from '@leak-lab/course';
import { type Incident, incidentOf, isFalseAlarm } from '@leak-lab/incident';
import { expect } from 'vitest';
import type { PastIncident } from '../../../services/console/src/api/contract.ts';
import type { LabCommand } from '../../embedded/support/lab-command.ts';
import { rightAnswers, secondsLeft } from './answers.ts';
import { command } from './command.ts';
import { type Keeping, keepUp } from './keep-up.ts';
import { Recorded } from './looks.ts';

/** How long an incident may take to begin in a lab that runs. */
const ready_ms = 10_000;
/** As fast as a small machine answers all kinds of requests: what takes minutes for a person takes seconds here. */
const traffic_perSecond = 300;

export interface Played {
  readonly past: PastIncident;
  /** The same answers on the same record, scored twice more from beside the lab. */
  readonly again: readonly [Score, Score];
  /** What the same record says of the answers of each neighbour. */
  readonly neighbours: readonly { readonly of: string; readonly score: Score }[];
  /** What was said when it began, before all that is asked of every incident. */
  readonly said: string;
  /** What each unit keeps, as the record has it; of a leak. */
  readonly measured_bytes: number | undefined;
  /** From the command to its end. */
  readonly ready_seconds: number;
}

/** Plays one incident by the commands, as one who knows does; on the same record the neighbours' answers are scored as well. */
export async function play(
  lab: LabCommand,
  seed: number,
  level: DrillLevel,
  keeping: Keeping = 'off',
): Promise<Played> {
  const incident = incidentOf(seed, level);
  const begun_ms = performance.now();
  const said = await command(lab, 'incident', '--seed', `${seed}`, '--level', `${level}`);
  const took_ms = performance.now() - begun_ms;
  expect(took_ms, 'the time until an incident is ready').toBeLessThan(ready_ms);
  using recorded = new Recorded(lab);
  await recorded.setTraffic(traffic_perSecond);
  await pause(incident.onset_seconds * 1_000);
  const measured_bytes = await recorded.untilMeasured(incident);
  const seconds = await secondsLeft(lab.state().console.url, incident, traffic_perSecond);
  const answers = Object.entries(rightAnswers(incident, seconds));
  await command(lab, 'answer', ...answers.map(([key, value]) => `${key}=${value}`));
  if (level >= 2 && !isFalseAlarm(incident.leaks[0]?.id ?? ''))
    await keepUp(lab, recorded, incident, keeping);
  const { session } = recorded;
  const past = JSON.parse(await command(lab, 'incident', 'end', '--json')) as PastIncident;
  const evidence = () => recorded.evidence(session, past.ended_ms);
  const score = () => scoreOf(session.answers, incident, level, evidence());
  return {
    past,
    again: [score(), score()],
    neighbours: scoreNeighbours(incident, level, evidence()),
    said: said.split('finding:')[0] ?? said,
    measured_bytes,
    ready_seconds: took_ms / 1_000,
  };
}

/** The answers of each other case, as they would be right there, against what was recorded here. */
function scoreNeighbours(incident: Incident, level: DrillLevel, evidence: Evidence): Played['neighbours'] {
  const own = new Set(incident.leaks.map(({ id }) => id));
  const others = [...Object.keys(places), 'warm-cache'].filter((id) => !own.has(id));
  const isAlarm = isFalseAlarm(incident.leaks[0]?.id ?? '');
  return others
    .filter((id) => !(isAlarm && id === 'warm-cache'))
    .map((id) => {
      const known = Object.entries(
        rightAnswers({ ...incident, leaks: [{ id, bytes_per_request: 40_000_003 }] }, 3_600),
      );
      const answers = Object.fromEntries(
        known.map(([key, value]) => [
          key,
          { value, given_at_ms: evidence.now_ms, state: 'kept' as const, saw: '' },
        ]),
      );
      return { of: id, score: scoreOf(answers, incident, level, { ...evidence, tries: [] }) };
    });
}
