import type { Firing } from './firings.ts';
import { type Played, reachedAt, useAt } from './played.ts';

/** A leak has to be told before so much of the limit is in use. */
export const inTime = 0.7;
/** So many seconds before the limit are full marks for warning. */
export const enoughWarning_seconds = 20;
/** What all leaks told in time, and enough warning of all, are worth; together 100. */
export const worth = { told: 60, warning: 40 } as const;
/** Three of them, and nobody gets up any more. */
export const falseAlarmCosts = 100 / 3;

/** What speaks of leaks in their last seconds only is about the end itself: a scrape that is missed, a process that is gone. */
const theEnd_seconds = 6;

/** When an alert spoke first: seconds from the begin of the load, negative before it. */
export interface Spoke {
  readonly alert: string;
  readonly seconds: number;
  /** Of the limit, in use at that moment. */
  readonly use: number;
}

export interface LeakResult {
  readonly name: string;
  /** The first alert after the load began; null where none came before the limit, or one fired before there was anything. */
  readonly fired: Spoke | null;
  readonly in_time: boolean;
  /** From the alert to the limit. */
  readonly warning_seconds: number;
  readonly false_alarm: Spoke | null;
}

export interface HealthyResult {
  readonly name: string;
  readonly false_alarm: Spoke | null;
}

export interface Score {
  /** 0 to 100. */
  readonly points: number;
  readonly parts: {
    readonly told: { readonly points: number; readonly of: number; readonly leaks: number };
    readonly warning: { readonly points: number; readonly of: number; readonly mean_seconds: number };
    readonly false_alarms: { readonly points: number; readonly count: number };
  };
  readonly leaks: readonly LeakResult[];
  readonly healthy: readonly HealthyResult[];
  /** Alerts that spoke of no leak before its last seconds: about a restart, a missing scrape or else; they are not judged. */
  readonly not_judged: readonly string[];
}

/**
 * Scores alerts by when they fired. Pure: the same firings give the same score.
 * @param alerts names of all alerts in the learner's files
 */
export function scoreOf(
  scenes: readonly Played[],
  alerts: readonly string[],
  firings: readonly Firing[],
): Score {
  const leaks = scenes.filter(({ kind }) => kind === 'leak');
  const late_seconds = new Map(
    leaks.map(({ name, ends_seconds = 0 }) => [name, ends_seconds - theEnd_seconds]),
  );
  const speaks = firings.filter(({ scene, seconds }) => seconds <= (late_seconds.get(scene) ?? -1));
  const speaksOfLeaks = new Set(speaks.map(({ alert }) => alert));
  const judged = firings.filter(({ alert }) => speaksOfLeaks.has(alert));
  const leakResults = leaks.map((scene) => leakResult(scene, judged));
  const healthyResults = scenes
    .filter(({ kind }) => kind === 'healthy')
    .map((scene) => ({ name: scene.name, false_alarm: first(scene, judged, 'since') }));

  const count = [...leakResults, ...healthyResults].filter(({ false_alarm }) => false_alarm !== null).length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / leaks.length;
  const told = worth.told * mean(leakResults.map(({ in_time }) => Number(in_time)));
  const warned = leakResults.map(({ warning_seconds }) =>
    Math.min(1, warning_seconds / enoughWarning_seconds),
  );
  const warning = worth.warning * mean(warned);
  const costs = falseAlarmCosts * count;
  return {
    points: Math.max(0, Math.round(told + warning - costs)),
    parts: {
      told: {
        ...{ points: round(told), of: worth.told },
        leaks: leakResults.filter(({ in_time }) => in_time).length,
      },
      warning: {
        ...{ points: round(warning), of: worth.warning },
        mean_seconds: round(mean(leakResults.map(({ warning_seconds }) => warning_seconds))),
      },
      false_alarms: { points: count === 0 ? 0 : -round(costs), count },
    },
    leaks: leakResults,
    healthy: healthyResults,
    not_judged: alerts.filter((alert) => !speaksOfLeaks.has(alert)),
  };
}

function leakResult(scene: Played, firings: readonly Firing[]): LeakResult {
  const { name, ends_seconds = 0 } = scene;
  const false_alarm = first(scene, firings, 'before');
  const fired = false_alarm === null ? first(scene, firings, 'since') : null;
  if (fired === null) return { name, fired, in_time: false, warning_seconds: 0, false_alarm };
  const at_seconds = scene.loaded_seconds + fired.seconds;
  return {
    ...{ name, fired, false_alarm },
    in_time: at_seconds < reachedAt(scene, inTime),
    warning_seconds: ends_seconds - at_seconds,
  };
}

function first(scene: Played, firings: readonly Firing[], span: Firing['span']): Spoke | null {
  const all = firings
    .filter((one) => one.scene === scene.name && one.span === span)
    .sort((one, other) => one.seconds - other.seconds || one.alert.localeCompare(other.alert));
  const [earliest] = all;
  if (earliest === undefined) return null;
  const { alert, seconds } = earliest;
  return { alert, seconds: seconds - scene.loaded_seconds, use: useAt(scene, seconds) };
}

const round = (value: number) => Math.round(value * 10) / 10;
