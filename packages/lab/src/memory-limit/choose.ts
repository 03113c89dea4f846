import { LabError } from '../lab-error.ts';
import { type Attempt, makeCgroup } from './cgroup.ts';
import type { LimitKind, MemoryLimit } from './memory-limit.ts';
import { makeScope } from './systemd-scope.ts';
import { makeWatchdog } from './watchdog.ts';

/** Where each kind of limit comes from; replaced in tests. */
export interface Makers {
  readonly cgroup: (limit_bytes: number) => Attempt;
  readonly scope: (limit_bytes: number) => Attempt;
}

const choices = ['auto', 'cgroup', 'systemd', 'watchdog'] as const;
export type LimitChoice = (typeof choices)[number];
export const limitChoices: readonly LimitChoice[] = choices;

/**
 * The strictest limit this machine gives: a cgroup, a scope of the user's systemd, or the watchdog.
 * `choice` asks for one of them; throws a `LabError` when it cannot be had.
 */
export function chooseLimit(
  limit_bytes: number,
  choice: LimitChoice = 'auto',
  platform: NodeJS.Platform = process.platform,
  makers: Makers = { cgroup: makeCgroup, scope: makeScope },
): MemoryLimit {
  if (choice === 'watchdog') return makeWatchdog(limit_bytes, 'the watchdog was asked for');
  const refusals: string[] = [];
  if (platform === 'linux') {
    for (const [name, make] of [
      ['cgroup', makers.cgroup],
      ['systemd', makers.scope],
    ] as const) {
      if (choice !== 'auto' && choice !== name) continue;
      const attempt = make(limit_bytes);
      if ('limit' in attempt) return attempt.limit;
      refusals.push(`${name === 'cgroup' ? 'no cgroup' : 'no systemd scope'}: ${attempt.refused}`);
    }
  } else refusals.push(`${platform} has no memory cgroups`);
  if (choice === 'auto') return makeWatchdog(limit_bytes, refusals.join('; '));
  throw new LabError({
    problem: `The limit "${choice}" cannot be had here.`,
    expected: `a machine that lets the lab make it`,
    came: refusals.join('\n'),
    advice: 'leave --limit-by out: the lab takes the best kind it can have',
  });
}

/** The kind in a person's words. */
export function limitInWords(kind: LimitKind): string {
  return {
    'cgroup-v1': 'kept by the kernel, in a cgroup (v1)',
    'cgroup-v2': 'kept by the kernel, in a cgroup (v2)',
    'systemd-scope': 'kept by the kernel, in a systemd scope',
    watchdog: 'kept by a watchdog, which reads the memory every 50 ms',
  }[kind];
}
