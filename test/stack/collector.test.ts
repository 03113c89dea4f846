import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readVariables } from '../../packages/lab/src/settings.ts';
import { docker } from './stack.ts';

/** What the configuration lets the queue hold. */
const queue_spans = 48_000;
const batch_spans = 500;

let container: string;
let url: string;
// The real collector alone: there is no Jaeger at all.
beforeAll(async () => {
  const { COLLECTOR_IMAGE = '', COLLECTOR_MEMORY_LIMIT: limit = '' } = readVariables();
  const configuration = fileURLToPath(new URL('../../otel-collector', import.meta.url));
  const started = await docker([
    ...['run', '--detach', '--rm', '--publish', '127.0.0.1::4318', '--memory', limit, '--memory-swap', limit],
    ...['--volume', `${configuration}:/etc/otelcol-contrib:ro`, COLLECTOR_IMAGE],
    ...['config', 'tail-sampling-off'].map((name) => `--config=/etc/otelcol-contrib/${name}.yaml`),
  ]);
  expect(started, started.stderr).toMatchObject({ code: 0 });
  container = started.stdout.trim();
  url = `http://${(await docker(['port', container, '4318'])).stdout.trim()}/v1/traces`;
});
afterAll(() => docker(['rm', '--force', container]));

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** A span as large as those of the service. */
function makeSpan(): object {
  const now_ns = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'GET /api/data',
    kind: 2,
    startTimeUnixNano: String(now_ns),
    endTimeUnixNano: String(now_ns + 3_000_000n),
    attributes: Array.from({ length: 12 }, (_, index) =>
      attribute(`http.attribute.${index}`, `the value of ${index}`),
    ),
  };
}

/** Sends a batch and gives the status of the answer; 0 where there is none. */
async function send(): Promise<number> {
  const spans = Array.from({ length: batch_spans }, makeSpan);
  const body = JSON.stringify({
    resourceSpans: [{ resource: { attributes: [attribute('service.name', 'a')] }, scopeSpans: [{ spans }] }],
  });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  return fetch(url, init).then(
    ({ status }) => status,
    () => 0,
  );
}

it('takes spans for minutes while Jaeger is not there, then refuses more in words, and stays within its memory', async () => {
  await expect.poll(send, { timeout: 30_000, interval: 250 }).toBe(200);
  const statuses: number[] = [200];
  while (statuses.length * batch_spans < 1.3 * queue_spans) statuses.push(await send());
  const taken_spans = statuses.filter((status) => status === 200).length * batch_spans;
  expect(taken_spans).toBe(queue_spans);
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  const { stdout } = await docker([
    'inspect',
    '--format',
    '{{.State.Running}} {{.State.OOMKilled}}',
    container,
  ]);
  expect(stdout.trim()).toBe('true false');
});
