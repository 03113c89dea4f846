/** The stack under load, and what Grafana would draw of it. */
import { bodyOf } from '@leak-lab/workload';
import autocannon from 'autocannon';
import { expect, vi } from 'vitest';
import { type CommittedDashboard, committed, variablesOf } from '../../../grafana/test/committed.ts';
import { getJson, postJson, queryPrometheus } from '../ask.ts';
import type { Stack } from '../stack.ts';
import { drawPanels, type Line, type Span, type Variables, valuesOf } from './draw.ts';
import { loadOf, window as usualWindow } from './loads.ts';

export const now_seconds = (): number => Date.now() / 1000;

const patience = { timeout: 60_000, interval: 500 };

/** The variables as Grafana would set them: the first instance, or all. */
export async function variablesFor(
  { url }: Stack,
  dashboard: CommittedDashboard,
  window: string = usualWindow,
): Promise<Variables> {
  const variables = await Promise.all(
    variablesOf(dashboard).map(async (variable) => {
      const [first] = await valuesOf(url.prometheus, variable);
      return [variable.name, variable.allValue ?? first ?? ''] as const;
    }),
  );
  return { ...Object.fromEntries(variables), window };
}

/** Every line of every panel of every dashboard. */
export async function drawAll(stack: Stack, span: Span, window?: string): Promise<Line[]> {
  const drawn = committed.map(async (dashboard) =>
    drawPanels(stack.url.prometheus, dashboard, await variablesFor(stack, dashboard, window), span),
  );
  return (await Promise.all(drawn)).flat();
}

/** Waits until Prometheus has read every part after this time, so that what happened until then is known. */
export const isScraped = ({ url }: Stack, after_seconds = now_seconds()): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(await queryPrometheus(url.prometheus, 'min(timestamp(up))')).toBeGreaterThan(after_seconds),
    patience,
  );

/** Waits for the service to answer, and for Prometheus to have read the process that does. */
export const isBack = ({ url }: Stack): Promise<void> =>
  vi.waitFor(async () => {
    const { started_at } = await getJson<{ started_at: string }>(`${url.service}/admin/sample`);
    // It is in whole seconds there.
    expect(
      await queryPrometheus(url.prometheus, 'process_start_time_seconds{job="leaky-service"}'),
    ).toBeGreaterThan(Date.parse(started_at) / 1000 - 2);
  }, patience);

/** A fresh process, the leak on, and load; returns when it was. */
export async function runLeak(stack: Stack, leak: string): Promise<Span> {
  await stack.compose('restart', '--timeout', '5', 'leaky-service');
  await isBack(stack);
  const from_seconds = now_seconds();
  const { drive, preset, connections, requests, requests_perSecond } = loadOf(leak);
  await postJson(`${stack.url.service}/admin/leaks/${leak}`, { enabled: true, preset });
  await autocannon({
    url: stack.url.service + drive.path,
    method: drive.method,
    ...(drive.body && { body: bodyOf(drive.body), headers: { 'content-type': 'application/json' } }),
    connections,
    overallRate: requests_perSecond,
    amount: requests,
  });
  const to_seconds = now_seconds();
  await isScraped(stack);
  return { from_seconds, to_seconds };
}
