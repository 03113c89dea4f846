import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson } from './ask.ts';
import { openStack, readServices, type Stack } from './stack.ts';

const { absent } = await readServices();
const hasImage = !absent.includes('grafana');
if (!hasImage) console.warn('grafana: not run (its image is not on this machine)');

describe.runIf(hasImage)('Grafana', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack();
  });
  afterAll(() => stack?.close());

  it('is well', async () => {
    expect(await getJson(`${stack.url.grafana}/api/health`)).toMatchObject({ database: 'ok' });
  });

  it.for(['prometheus', 'jaeger'])('reaches the data source %s', async (uid) => {
    const url = `${stack.url.grafana}/api/datasources/uid/${uid}/health`;
    expect(await getJson(url)).toMatchObject({ status: 'OK' });
  });

  it('has the folder of the lab', async () => {
    expect(await getJson(`${stack.url.grafana}/api/folders/leak-lab`)).toMatchObject({ title: 'Leak Lab' });
  });
});
