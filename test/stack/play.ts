import autocannon from 'autocannon';
import { keepRecording } from './keep-recording.ts';
import { readSamples } from './prometheus.ts';
import { openStack, type Stack } from './stack.ts';

/** What memory did while a control was played, as shares of the limit, and which alerts spoke. */
export interface Played {
  readonly control: string;
  readonly use_lowest: number;
  readonly use_highest: number;
  /** The lowest after the highest. */
  readonly use_then_lowest: number;
  /** The most that a collection would have left. */
  readonly held_highest: number;
  readonly lives: number;
  /** Names of the memory alerts that fired or were about to. */
  readonly alerts: readonly string[];
}

/** Requests a second, each for an equal part of the time. */
const loads: Readonly<Record<string, readonly number[]>> = {
  'warm-cache': [200],
  churn: [200, 200, 200, 0],
  pool: [200],
  none: [20, 200],
};

/** Plays several at once, each in a stack of its own. Where one fails, the others end in order first. */
export async function playSideBySide(names: readonly string[], duration_seconds: number): Promise<Played[]> {
  const plays = names.map((control) => playControl(control, duration_seconds));
  await Promise.allSettled(plays);
  return Promise.all(plays);
}

/** Starts a stack whose service plays the control, and drives it for so long. The stack is gone afterwards. */
export async function playControl(control: string, duration_seconds: number): Promise<Played> {
  const stack = await openStack({
    LEAKS: control === 'none' ? '' : control,
  });
  try {
    const begun_seconds = Date.now() / 1000;
    const steps = loads[control] ?? [200];
    for (const rate of steps) await drive(stack, rate, duration_seconds / steps.length);
    const name = control === 'none' ? 'load-step' : control;
    await keepRecording(stack, name, { loaded_seconds: begun_seconds, back_seconds: Date.now() / 1000 });
    return await look(stack, control, begun_seconds);
  } finally {
    await stack.close();
  }
}

export async function drive({ url }: Stack, rate: number, duration_seconds: number): Promise<void> {
  if (rate === 0) {
    await new Promise((resolve) => setTimeout(resolve, duration_seconds * 1000));
    return;
  }
  // So many requests, however long a busy machine takes for them: memory goes by requests.
  await autocannon({
    url: `${url.service}/api/data`,
    connections: 10,
    overallRate: rate,
    amount: rate * duration_seconds,
  });
}

async function look({ url }: Stack, control: string, begun_seconds: number): Promise<Played> {
  const read = (selector: string) => readSamples(url.prometheus, selector, begun_seconds);
  const values = async (selector: string) =>
    (await read(selector)).flatMap(({ points }) => points.map(([, value]) => value));
  const limit_bytes = (await values('container_memory_limit_bytes'))[0] ?? Number.NaN;
  const use = (await values('container_memory_usage_bytes')).map((bytes) => bytes / limit_bytes);
  const held = (await values('instance:memory_held_bytes:sum')).map((bytes) => bytes / limit_bytes);
  const alerts = await read('ALERTS{alertname=~"MemoryLeakSuspected|MemoryLimitSoon"}');
  return {
    control,
    use_lowest: Math.min(...use),
    use_highest: Math.max(...use),
    use_then_lowest: Math.min(...use.slice(use.indexOf(Math.max(...use)))),
    held_highest: Math.max(...held),
    lives: new Set(await values('process_start_time_seconds{job="leaky-service"}')).size,
    alerts: alerts.map(({ labels }) => `${labels['alertname']} ${labels['alertstate']}`),
  };
}
