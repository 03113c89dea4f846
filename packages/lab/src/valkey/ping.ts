import { connect } from 'node:net';

/** Whether what listens on a port of this machine answers PING as Valkey and Redis do, within `timeout_ms`. */
export async function answersPing(port: number, timeout_ms = 1000): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.setTimeout(timeout_ms, () => resolve(false));
  socket.once('error', () => resolve(false)).once('close', () => resolve(false));
  socket.once('data', (answer) => resolve(answer.toString('latin1').startsWith('+PONG')));
  socket.write('PING\r\n');
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}
