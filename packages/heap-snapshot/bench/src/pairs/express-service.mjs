// `node express-service.mjs FOLDER BEFORE AFTER LATER`: a small Express service that keeps what it should not. It is driven
// over HTTP until it keeps the first number of requests, and so on; each time it writes a snapshot of itself into FOLDER.
// Plain JavaScript, as older Node runs it too.
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import express from 'express';

/** Requests answered for each one that is sent: what is measured is the heap, not the network. */
const perCall = 100;

class RequestRecord {
  constructor(id, lines) {
    this.id = id;
    this.url = `/orders/${id}?session=${id.toString(36)}`;
    this.at = id / 7;
    this.body = { customer: `customer ${id}`, lines };
  }
}

class Session {
  constructor(record) {
    this.record = record;
    this.seen = [record.id, record.at];
  }
}

const records = [];
const cache = new Map();
const sessions = new WeakMap();
const jobs = new Set();
const changes = new EventEmitter();
changes.setMaxListeners(0);

function keep(id) {
  const lines = Array.from({ length: 3 }, (_, line) => ({
    item: id + line / 2,
    note: `note ${id} ${line}`,
    price: { cents: id },
  }));
  const record = new RequestRecord(id, lines);
  records.push(record);
  cache.set(record.url, {
    etag: `"${id}"`,
    answer: { status: 200, lines: lines.map(({ item }) => ({ item })) },
  });
  sessions.set(record, new Session(record));
  const retry = { left: 3, record };
  jobs.add(() => retry.left--);
  changes.on('change', () => record.id);
}

const app = express();
app.post('/orders', (request, response) => {
  const first = records.length;
  for (let id = first; id < first + perCall; id++) keep(id);
  response.json({ kept: records.length, from: request.url });
});
const server = app.listen(0, '127.0.0.1');
// A snapshot takes longer than a connection is kept for.
server.keepAliveTimeout = 0;
await once(server, 'listening');
const orders = `http://127.0.0.1:${server.address().port}/orders`;

const [folder, ...counts] = process.argv.slice(2);
for (const [index, count] of counts.map(Number).entries()) {
  while (records.length < count) await (await fetch(orders, { method: 'POST' })).json();
  writeHeapSnapshot(join(folder, `${'abc'[index]}.heapsnapshot`));
}
process.exit();
