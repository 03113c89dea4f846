import {
  currentPart,
  drillId,
  type Evidence,
  isDone,
  isPassed,
  type Lab,
  openItems,
  type Session,
  type Trial,
} from '@leak-lab/course';
import { incidentOf } from '@leak-lab/incident';
import type { ConductorDeps } from './conductor-deps.ts';
import { labOfDrill } from './drill-view.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { incidentUnderWay, otherLab, sameLab } from './refusals.ts';
import type { Services } from './services.ts';

/** A lab and what was reached in it. */
export interface UnderWay {
  readonly lab: Lab;
  readonly session: Session;
}

/** The lab that runs; none where none does, or its folder is gone. */
export function underWay({ labs, file }: Pick<ConductorDeps, 'labs' | 'file'>): UnderWay | undefined {
  const { session } = file.progress;
  if (session === null) return undefined;
  const lab = session.lab === drillId ? labOfDrill(session) : labs.find(({ id }) => id === session.lab);
  return lab && { lab, session };
}

/** The same, as long as anything of it is left to do. */
export const unpassed = (current: UnderWay | undefined): UnderWay | undefined =>
  current && !isPassed(current.session, current.lab) ? current : undefined;

/** Throws 409 where a lab is under way that is not passed: this one, another one, or an incident. */
export function refuseUnderWay(current: UnderWay | undefined, wanted: Lab | undefined): void {
  const left = unpassed(current);
  if (left === undefined) return;
  const { lab, session } = left;
  if (lab.drill) throw incidentUnderWay();
  throw lab.id === wanted?.id ? sameLab(lab, session) : otherLab(lab);
}

/** The trials that a check begins: those not passed, and those that may be tried once more as long as anything is left to do. */
export function toTry({ lab, session }: UnderWay): readonly Trial[] {
  const items = openItems(lab, session);
  const isOver = items.every(({ key }) => isDone(session, key));
  return items
    .filter((item) => item.kind === 'trial')
    .filter(({ key, again = false }) => !isDone(session, key) || (again && !isOver));
}

/** Whether something is left that only the record can tell: an answer that waits, or an effect that was not seen. */
export const isLeftToSee = ({ lab, session }: UnderWay): boolean =>
  openItems(lab, session).some(
    ({ key, kind }) =>
      !isDone(session, key) && (kind === 'effect' || session.answers[key]?.state === 'waiting'),
  );

/** What was recorded since it began. */
export function evidenceOf(deps: ConductorDeps, { lab, session }: UnderWay): Evidence {
  const { store, now_ms, traffic, service, patients } = deps;
  const { setup } = currentPart(lab, session);
  const level = setup.level ?? 0;
  return gatherEvidence(store, session, {
    level,
    now_ms: now_ms(),
    traffic_per_second: traffic.per_second,
    service_is_up: service().isUp,
    patients: patients.evidence(session.seeds.slice(1), level, session.begun_ms),
    inTheOpen: setup.in_the_open === true,
  });
}

/** Lets its customers ask what they ask, as much as they do; nobody asks where nothing is under way. */
export function serveCustomers(
  { traffic, now_ms }: ConductorDeps,
  services: Services,
  current: UnderWay | undefined,
): void {
  const session = current?.session;
  const setup = current && currentPart(current.lab, current.session).setup;
  const [seed] = session?.seeds ?? [];
  const incident = setup === undefined || seed === undefined ? null : incidentOf(seed, setup.level);
  traffic.ask(setup?.customers, incident);
  const { load_at } = setup ?? {};
  traffic.follow(load_at && (() => load_at((now_ms() - (session?.begun_ms ?? 0)) / 1000)));
  services.setTraffic(session?.traffic_per_second ?? setup?.traffic_per_second ?? 0);
}
