/** Who answers. In a container its number is always the same: its age tells one from the next. */
export interface ServiceProcess {
  readonly pid: number;
  readonly uptime_seconds: number;
}

/** What one look at the service told. */
export interface Look {
  readonly at_seconds: number;
  /** Requests answered since the load began. */
  readonly answered: number;
  /** `gone`: nobody listens. `slow`: somebody does and did not answer in time. */
  readonly service: ServiceProcess | 'gone' | 'slow';
}

/** A life of the service as the load saw it. */
export interface LifeUnderLoad {
  readonly pid: number;
  /** When the process started; below 0 when it ran before the load. */
  readonly started_seconds: number;
  /** When the load first saw it. */
  readonly from_seconds: number;
  readonly answered_before: number;
}

export type LoadEvent =
  | {
      readonly kind: 'died';
      readonly after_seconds: number;
      readonly after_requests: number;
      readonly at_seconds: number;
    }
  | { readonly kind: 'back'; readonly pid: number; readonly at_seconds: number };

/** The life that goes on after a look, and what happened. */
export interface LifeStep {
  readonly life: LifeUnderLoad | undefined;
  readonly events: readonly LoadEvent[];
}

/** Two looks tell a start within this of each other, however late an answer came. */
const tolerance_seconds = 2.5;

/** Follows the service through its deaths: a pure step from one look to the next. */
export function follow(life: LifeUnderLoad | undefined, look: Look, seenBefore: boolean): LifeStep {
  const { at_seconds, answered, service } = look;
  if (service === 'slow' || (life === undefined && service === 'gone')) return { life, events: [] };
  const died = (of: LifeUnderLoad): LoadEvent => ({
    kind: 'died',
    at_seconds,
    after_seconds: at_seconds - of.from_seconds,
    after_requests: answered - of.answered_before,
  });
  if (service === 'gone') return { life: undefined, events: life === undefined ? [] : [died(life)] };
  const started_seconds = at_seconds - service.uptime_seconds;
  const same = life?.pid === service.pid && started_seconds - life.started_seconds < tolerance_seconds;
  if (same) return { life, events: [] };
  // Another process answers: the one before died between two looks, if it had not been missed already.
  const next = { pid: service.pid, started_seconds, from_seconds: at_seconds, answered_before: answered };
  const back: LoadEvent = { kind: 'back', pid: service.pid, at_seconds };
  if (life !== undefined) return { life: next, events: [died(life), back] };
  return { life: next, events: seenBefore ? [back] : [] };
}
