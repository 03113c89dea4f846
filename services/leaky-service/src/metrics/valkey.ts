import { type Outcome, outcomes } from '../valkey/outcomes.ts';
import type { ValkeyServer } from '../valkey/server.ts';
import type { Usage } from '../valkey/usage.ts';
import { counter, gauge, histogram } from './registry.ts';

const buckets_seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5];

/** Adds what Valkey says of itself and how commands to it end; nothing where none is configured. */
export function addValkeyMetrics(valkey: ValkeyServer): void {
  if (!valkey.isConfigured) return;
  gauge(
    'valkey_up',
    'Whether Valkey answers (1) or not (0); absent before it was needed or answered first.',
    () => (valkey.isUp === undefined ? undefined : Number(valkey.isUp)),
  );
  const said = (name: string, help: string, value: (usage: Usage) => number | undefined) =>
    gauge(name, help, () => valkey.usage && value(valkey.usage));
  said('valkey_used_memory_bytes', 'Memory that Valkey has taken.', (usage) => usage.used_memory_bytes);
  said('valkey_maxmemory_bytes', 'Where Valkey begins to refuse writes.', (usage) => usage.maxmemory_bytes);
  said('valkey_keys', 'Keys in Valkey.', (usage) => usage.keys);
  said('valkey_keys_with_expiry', 'Keys that go by themselves.', (usage) => usage.keys_with_expiry);

  const ended = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  counter('valkey_commands_total', 'Commands to Valkey by how they ended.', ['outcome'], function* () {
    for (const outcome of outcomes) yield [{ outcome }, ended[outcome]] as const;
  });
  const durations = histogram(
    'valkey_command_duration_seconds',
    'How long commands to Valkey took that were sent.',
    [],
    buckets_seconds,
  );
  valkey.onCommand((outcome, seconds) => {
    ended[outcome] += 1;
    if (outcome !== 'unavailable' && outcome !== 'refused') durations.observe(seconds);
  });
}
