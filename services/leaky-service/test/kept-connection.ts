import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const headEnd = '\r\n\r\n';
const nothing = Buffer.alloc(0);

/**
 * A kept connection to a service, for tests that send many requests: they are rendered already, and of an answer only the
 * status and the length are read. A third of the processor time that `node:http` takes, which the service has instead.
 */
export class KeptConnection {
  readonly #socket: Socket;
  #waiting: PromiseWithResolvers<number> | undefined;
  /** What came of an answer's head, or `undefined` while its body comes. */
  #head: Buffer | undefined = nothing;
  #status = Number.NaN;
  #bodyLeft_bytes = 0;

  /** Connects. Rejects with what the system says. */
  static async open(url: string): Promise<KeptConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).setNoDelay();
    await once(socket, 'connect');
    return new KeptConnection(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (piece: Buffer) => this.#take(piece));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () =>
      this.#waiting?.reject(new Error('The connection was closed before the answer.')),
    );
  }

  /** Sends one request, head and body, and returns the status of its answer when all of it has come. */
  ask(request: Buffer): Promise<number> {
    this.#waiting = Promise.withResolvers();
    this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    if (this.#head === undefined) {
      this.#bodyLeft_bytes -= piece.length;
    } else {
      const head = this.#head.length === 0 ? piece : Buffer.concat([this.#head, piece]);
      const end = head.indexOf(headEnd);
      if (end < 0) {
        this.#head = head;
        return;
      }
      const words = head.toString('latin1', 0, end);
      const [, length] = /\r\ncontent-length: *(\d+)/i.exec(words) ?? [];
      if (length === undefined) {
        this.#waiting?.reject(new Error(`Expected an answer with a content-length, got ${words}`));
        return;
      }
      this.#status = Number(words.slice(9, 12));
      this.#bodyLeft_bytes = Number(length) - (head.length - end - headEnd.length);
      this.#head = undefined;
    }
    if (this.#bodyLeft_bytes > 0) return;
    this.#head = nothing;
    this.#waiting?.resolve(this.#status);
  }
}

/** A request as it goes over the wire. */
export function render(url: string, method: string, path: string, body?: string): Buffer {
  const type = body === undefined ? '' : 'content-type: application/json\r\n';
  const length =
    body === undefined && method === 'GET' ? '' : `content-length: ${Buffer.byteLength(body ?? '')}\r\n`;
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\n${type}${length}\r\n${body ?? ''}`,
  );
}
