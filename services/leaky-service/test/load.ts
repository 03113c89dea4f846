import { bodyOf, type Drive, usualDrive } from '@leak-lab/workload';
import { KeptConnection, render } from './kept-connection.ts';

export interface Sending {
  /** The request; the usual one by default. */
  readonly drive?: Drive;
  /** What it brings in place of its usual body. */
  readonly body?: string | undefined;
  readonly connections?: number;
}

/**
 * Sends exactly `amount` requests over kept connections, the usual ones by default. Throws when one is not answered with 200.
 * Not by autocannon, which notices its end at full seconds only: a hundred times that is a test's minutes.
 */
export async function sendRequests(
  url: string,
  amount: number,
  { drive = usualDrive, body = drive.body && bodyOf(drive.body), connections = 20 }: Sending = {},
): Promise<void> {
  const request = render(url, drive.method, drive.path, body);
  let begun = 0;
  const sendInTurn = async (): Promise<void> => {
    const connection = await KeptConnection.open(url);
    try {
      while (begun < amount) {
        begun += 1;
        const status = await connection.ask(request);
        if (status !== 200) throw new Error(`${drive.method} ${drive.path}: expected 200, got ${status}.`);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(connections, amount) }, sendInTurn));
}

/** Posts JSON and returns the answer's JSON. Throws on any status but 200. */
export async function post(url: string, path: string, json: unknown = {}): Promise<unknown> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  if (answer.status !== 200) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** The JSON of an answer. Throws on any status but 200. */
export async function get<Answer>(url: string, path: string): Promise<Answer> {
  const answer = await fetch(url + path);
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

export async function readHeld(url: string): Promise<number> {
  const { after } = (await post(url, '/admin/gc')) as {
    after: { heap_used_bytes: number; external_bytes: number };
  };
  return after.heap_used_bytes + after.external_bytes;
}

/**
 * For a service whose memory is measured: V8 keeps the compiled code that was used at the start only, which it would else let
 * go of after some collections of its own choice. Those 5 MB would be found missing in the middle of a measurement.
 */
export const keepCode = '--no-flush-bytecode';

/** What is held when nothing that was begun goes on: the first reading that is like the one before, 200 ms earlier. */
export async function readSettled(url: string): Promise<number> {
  let before = await readHeld(url);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const now = await readHeld(url);
    if (Math.abs(now - before) < 65_536) return now;
    before = now;
  }
}

/** What each of `amount` requests leaves behind, bytes, heap and external memory together. */
export async function growthPerRequest(url: string, amount: number, sending: Sending = {}): Promise<number> {
  const before = await readSettled(url);
  await sendRequests(url, amount, sending);
  return ((await readSettled(url)) - before) / amount;
}
