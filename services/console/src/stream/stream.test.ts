import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Stream } from './stream.ts';

async function reader(): Promise<{ stream: Stream; socket: Socket; buffered: () => number }> {
  const stream = new Stream();
  let buffered = () => 0;
  const server = createServer((_request, response) => {
    buffered = () => response.writableLength;
    stream.add(response, [['now', { first: true }]]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(socket, 'readable');
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  return { stream, socket, buffered: () => buffered() };
}

it('keeps no more than a bounded buffer for a reader that stalls, and tells it to read again', async () => {
  const { stream, socket, buffered } = await reader();
  const event = { text: 'x'.repeat(10_000) };
  for (let sent = 0; sent < 3_000; sent += 1) {
    stream.send('event', event);
    if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(buffered()).toBeLessThan(512 * 1024);
  let tail = '';
  await new Promise<void>((resolve) => {
    socket.on('data', (piece) => {
      tail = (tail + piece.toString()).slice(-200);
      if (tail.includes('event: behind')) resolve();
    });
  });
  stream.send('event', { text: 'after' });
  const [piece] = await once(socket, 'data');
  expect(piece.toString()).toContain('after');
});

it('forgets a reader that is gone', async () => {
  const { stream, socket } = await reader();
  expect(stream.readers).toBe(1);
  socket.destroy();
  while (stream.readers > 0) await new Promise((resolve) => setImmediate(resolve));
});
