import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MemoryReader, Reading } from '../../src/stress/memory-reader.ts';

/** A server in this process, for tests: what it was asked, and how to end it. */
export interface CountingServer extends AsyncDisposable {
  readonly url: string;
  requests: number;
  connections: number;
  bytes: number;
}

/** Listens on a free port and answers as it is told, with 200 by default. */
export async function countingServer(
  answer: RequestListener = (_, response) => void response.end('{}'),
): Promise<CountingServer> {
  const server = createServer((request, response) => {
    counted.requests += 1;
    request.on('data', (block: Buffer) => {
      counted.bytes += block.length;
    });
    answer(request, response);
  });
  server.on('connection', () => {
    counted.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const counted = {
    url: `http://127.0.0.1:${port}/`,
    requests: 0,
    connections: 0,
    bytes: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return counted;
}

/** Tells memory as `bytes` has it, collected. */
export function memoryOf(bytes: () => Reading): MemoryReader {
  return {
    source: 'a figure of the test',
    patience_seconds: 0.3,
    read: async () => ({ process: 1, ...bytes() }),
    collect: async () => undefined,
  };
}
