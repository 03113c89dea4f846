import { createServer } from 'node:net';

/** Whether a port of 127.0.0.1 can be listened on, and if not, the system's reason (`EADDRINUSE`, `EACCES`). */
export async function whyNotFree(port: number): Promise<string | undefined> {
  try {
    await listenOnce(port);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** Below those that a system gives away by itself: from 32768 on Linux, from 49152 elsewhere (RFC 6335). */
const ours = { first: 20_000, count: 10_000 };
/** Processes that live at once have ids close to each other, and seldom want more than this. */
const each = 16;
let asked = 0;

/**
 * A port of 127.0.0.1 that nothing listens on now, another one each time. Whoever wants it listens later: till then the system gives it
 * to nobody, and hardly ever another process that asks here gets it. Throws where none is free.
 */
export async function anyFreePort(): Promise<number> {
  for (let tries = 0; tries < ours.count; tries += 1) {
    const port = ours.first + ((process.pid * each + asked) % ours.count);
    asked += 1;
    if ((await whyNotFree(port)) === undefined) return port;
  }
  throw new Error(`None of the ports ${ours.first} to ${ours.first + ours.count - 1} of 127.0.0.1 is free.`);
}

async function listenOnce(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
