import { describe, expect, it } from 'vitest';
import { failuresInWords } from '../../src/stress/counts.ts';
import { Sender } from '../../src/stress/sender.ts';
import { countingServer } from './counting-server.ts';

describe('sends exactly as many as it is told', () => {
  it.each([1, 7, 50])('by %i workers, over connections that are kept', async (workers) => {
    await using server = await countingServer();
    const sender = new Sender({ url: server.url, method: 'GET' }, { workers });
    expect(await sender.send(333)).toBe('all');
    expect(await sender.send(67)).toBe('all');
    sender.close();
    expect(server.requests).toBe(400);
    expect(sender.counts).toMatchObject({ requests: 400, ok: 400, failed: 0, failures: {} });
    expect(sender.counts.connections_opened).toBe(server.connections);
    expect(server.connections).toBeLessThanOrEqual(workers);
  });

  it('with a connection for each where they are not kept', async () => {
    await using server = await countingServer();
    const sender = new Sender({ url: server.url, method: 'GET' }, { workers: 4, keepAlive: false });
    await sender.send(40);
    expect([server.connections, sender.counts.connections_opened]).toEqual([40, 40]);
  });

  it('with their bodies', async () => {
    await using server = await countingServer((request, response) => {
      request.on('end', () => response.end(String(request.headers['content-type'])));
    });
    const shot = {
      url: server.url,
      method: 'POST',
      body: Buffer.from('{"a":1}'),
      content_type: 'application/json',
    };
    const sender = new Sender(shot, { workers: 3 });
    await sender.send(20);
    expect([server.bytes, sender.counts.payload_bytes]).toEqual([140, 140]);
  });
});

describe('counts what failed, by its kind', () => {
  it('half answered 500: all are sent', async () => {
    await using server = await countingServer((_, response) => {
      response.statusCode = server.requests % 2 === 0 ? 500 : 200;
      response.end();
    });
    const sender = new Sender({ url: server.url, method: 'GET' }, { workers: 5 });
    expect(await sender.send(100)).toBe('all');
    expect(sender.counts).toMatchObject({ ok: 50, failed: 50, failures: { 'status 500': 50 } });
    expect(failuresInWords(sender.counts)).toBe('50 answered 500');
  });

  it('nobody listens: it gives up when all workers were refused', async () => {
    const { url } = await closedServer();
    const sender = new Sender({ url, method: 'GET' }, { workers: 5 });
    expect(await sender.send(1_000)).toBe('unanswered');
    expect(sender.counts.ok).toBe(0);
    expect(sender.counts.requests).toBeLessThan(20);
    expect(Object.keys(sender.counts.failures)).toEqual(['refused']);
  });

  it('no answer comes: it gives up after their time', async () => {
    await using server = await countingServer(() => undefined);
    const sender = new Sender({ url: server.url, method: 'GET' }, { workers: 3, timeout_seconds: 0.1 });
    expect(await sender.send(1_000)).toBe('unanswered');
    expect(Object.keys(sender.counts.failures)).toEqual(['timed out']);
  });

  it('an answer that ends in its middle', async () => {
    await using server = await countingServer((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const sender = new Sender({ url: server.url, method: 'GET' }, { workers: 1 });
    await sender.send(2);
    expect(sender.counts).toMatchObject({ ok: 0, failed: 2 });
  });

  it('not one whose kept connection was closed meanwhile: it is sent again', async () => {
    await using server = await countingServer((request, response) => {
      response.end();
      setImmediate(() => request.socket.destroy());
    });
    const sender = new Sender({ url: server.url, method: 'GET' }, { workers: 4 });
    await sender.send(60);
    expect(sender.counts).toMatchObject({ ok: 60, failures: {} });
  });
});

it('ends at once when it is told to, and counts nothing of what was under way', async () => {
  const stopping = new AbortController();
  await using server = await countingServer((_, response) => {
    if (server.requests <= 10) response.end();
    else stopping.abort();
  });
  const sender = new Sender({ url: server.url, method: 'GET' }, { workers: 2, signal: stopping.signal });
  expect(await sender.send(1_000)).toBe('stopped');
  expect(sender.counts.failed).toBe(0);
  expect(sender.counts.ok).toBeLessThanOrEqual(10);
});

async function closedServer() {
  await using server = await countingServer();
  return { url: server.url };
}
