import {
  currentPart,
  drillId,
  type Item,
  isDone,
  isPassed,
  type Lab,
  openItems,
  type Progress,
  partsOf,
  type Session,
} from '@leak-lab/course';
import type { Course, LabItem, LabStanding, LabSummary, RunningLab } from '../api/contract.ts';
import { fileToMend } from './bench.ts';
import { drillView, labOfDrill } from './drill-view.ts';

/** What is known of an item beside what is kept: what was seen of it now. */
export type Glances = ReadonlyMap<string, { readonly saw: string; readonly waiting: boolean }>;

/** The course as it is shown. */
export function courseView(
  labs: readonly Lab[],
  progress: Progress,
  glances: Glances,
  traffic_per_second: number,
): Course {
  const { session } = progress;
  const lab =
    session && (session.lab === drillId ? labOfDrill(session) : labs.find(({ id }) => id === session.lab));
  return {
    labs: labs.map((each) => summaryOf(each, progress)),
    running: session && lab ? runningView(lab, session, glances, traffic_per_second) : null,
  };
}

export function summaryOf({ id, title, learn, minutes }: Lab, progress: Progress): LabSummary {
  return {
    id,
    title,
    learn,
    minutes,
    standing: standingOf(id, progress),
    passed_at_ms: progress.labs[id]?.passed_at_ms ?? null,
  };
}

function standingOf(id: string, { labs, session }: Progress): LabStanding {
  const known = labs[id];
  if (known?.passed_at_ms != null) return 'passed';
  if (session?.lab === id) return 'running';
  if (known?.given_up) return 'given_up';
  return known === undefined ? 'new' : 'begun';
}

function runningView(lab: Lab, session: Session, glances: Glances, traffic_per_second: number): RunningLab {
  return {
    id: lab.id,
    started_at_ms: session.begun_ms,
    items: openItems(lab, session).map((item) => itemView(item, session, glances)),
    part: { number: session.part + 1, of: partsOf(lab).length, call: currentPart(lab, session).call },
    services: lab.services ?? 1,
    mends: fileToMend(currentPart(lab, session).setup, session.seeds) ?? null,
    passed: isPassed(session, lab),
    traffic_per_second,
    hints: session.hints,
    incident: lab.drill ? drillView(session) : null,
    notice: session.notice,
  };
}

function itemView(item: Item, session: Session, glances: Glances): LabItem {
  const { key, ask } = item;
  const answer = session.answers[key];
  const achieved = session.achieved[key];
  const glance = glances.get(key);
  const about = item.kind === 'question' ? item.form : undefined;
  return {
    key,
    kind: item.kind === 'question' ? 'question' : 'effect',
    ask,
    form: about?.shown ?? null,
    choices: about?.choices ?? null,
    state: stateOf(item, session, glance?.waiting === true),
    given: answer?.value ?? null,
    saw: achieved?.saw ?? answer?.saw ?? glance?.saw ?? null,
    expected: item.kind === 'question' ? null : item.expected,
  };
}

/** A trial that is tried once more is waited for, though it was passed before. */
function stateOf({ kind, key }: Item, session: Session, isWaiting: boolean): LabItem['state'] {
  if (kind === 'trial' && isWaiting) return 'waiting';
  if (isDone(session, key)) return 'ok';
  return session.answers[key]?.state ?? 'open';
}
