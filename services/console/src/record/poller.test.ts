import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceClient } from '../service/client.ts';
import { Poller } from './poller.ts';

/** A poller over a server that answers when it is told to; what it answers is nothing that can be read. */
async function pollerOverSlowServer() {
  const asked: ServerResponse[] = [];
  const server = createServer((_, response) => void asked.push(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new ServiceClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, undefined);
  let taken = 0;
  const poller = new Poller(client, () => {
    taken += 1;
  });
  onTestFinished(() => {
    poller.stop();
    client.close();
    server.close();
  });
  const look = async (number: number) => {
    await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(number);
    return { answer: () => void asked[number - 1]?.end() };
  };
  return { poller, look, taken: () => taken };
}

it('a next look is one that began after it was asked for, and was taken', async () => {
  const { poller, look, taken } = await pollerOverSlowServer();
  poller.start();
  const underWay = await look(1);
  let next = 0;
  const waited = poller.next().then(() => {
    next = taken();
  });
  underWay.answer();
  (await look(2)).answer();
  await waited;
  expect(next).toBe(2);
});

it('who waits for a look of a poller that is stopped waits no longer', async () => {
  const { poller, look } = await pollerOverSlowServer();
  await poller.next();
  poller.start();
  await look(1);
  const waited = poller.next();
  poller.stop();
  await waited;
  await poller.next();
});
