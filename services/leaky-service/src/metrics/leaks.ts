import type { Blindness } from '../incidents/blindness.ts';
import type { LeakState, Switchboard } from '../leaks/switchboard.ts';
import { gauge, type Showing } from './registry.ts';

/** Adds what the service knows of its leaks, by their ids; while it is blind there are no such metrics. */
export function addLeakMetrics(switchboard: Switchboard, blind: Blindness): void {
  const byLeak = (name: string, help: string, value: (state: LeakState) => number): Showing =>
    gauge(
      name,
      help,
      function* () {
        for (const [leak, state] of Object.entries(switchboard.states()))
          yield [{ leak }, value(state)] as const;
      },
      ['leak'],
    );
  const metrics = [
    byLeak('leak_enabled', 'Whether the leak is on (1) or off (0).', ({ enabled }) => Number(enabled)),
    byLeak('leak_entries', 'Things the feature holds now.', ({ entries }) => entries),
    byLeak(
      'leak_retained_bytes',
      "What they hold, by the feature's own count.",
      ({ retained_bytes }) => retained_bytes,
    ),
  ];
  blind.follow((isBlind) => {
    for (const metric of metrics) metric.show(!isBlind);
  });
}
