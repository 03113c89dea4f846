import { Agent, get as request } from 'node:http';

/**
 * Sends exactly `amount` requests for `/api/data` over kept connections. Throws when one is not answered with 200. Not by
 * autocannon, which looks for its end once a second; asked to look more often, it may end an answer or two too early.
 */
export async function sendRequests(url: string, amount: number, connections = 20): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  let begun = 0;
  const sendInTurn = async (): Promise<void> => {
    while (begun < amount) {
      begun += 1;
      await sendOne(`${url}/api/data`, agent);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, sendInTurn));
  } finally {
    agent.destroy();
  }
}

function sendOne(url: string, agent: Agent): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const call = request(url, { agent }, (answer) => {
    answer.on('error', reject).on('end', () => {
      if (answer.statusCode === 200) resolve();
      else reject(new Error(`GET ${url}: expected 200, got ${answer.statusCode}.`));
    });
    answer.resume();
  });
  call.on('error', reject);
  return promise;
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

/** What each of `amount` requests leaves behind, bytes, heap and external memory together. */
export async function growthPerRequest(url: string, amount: number): Promise<number> {
  const before = await readHeld(url);
  await sendRequests(url, amount);
  return ((await readHeld(url)) - before) / amount;
}
