import autocannon from 'autocannon';

/** Sends exactly `amount` requests for `/api/data` over kept connections. Throws when one is not answered with 200. */
export async function sendRequests(url: string, amount: number, connections = 20): Promise<void> {
  // It looks for its end once in an interval, of a second by default.
  const result = await autocannon({ url: `${url}/api/data`, amount, connections, sampleInt: 20 });
  if (result['2xx'] !== amount) {
    throw new Error(
      `Expected ${amount} answers with 200, got ${result['2xx']}; errors: ${result.errors}, other: ${result.non2xx}.`,
    );
  }
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

/** What each of `amount` requests leaves behind, bytes, heap and external memory together. */
export async function growthPerRequest(url: string, amount: number): Promise<number> {
  const before = await readHeld(url);
  await sendRequests(url, amount);
  return ((await readHeld(url)) - before) / amount;
}
