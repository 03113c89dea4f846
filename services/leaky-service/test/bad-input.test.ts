import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { bodyOf, workflowEvent } from '@leak-lab/workload';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let service: RunningService;
beforeAll(async () => {
  service = await startLeakyService({ env: { LOG_LEVEL: 'warn' } });
});
afterAll(() => service.stop());

/** Sends a request as raw as Node allows: the path is not made a URL of first. */
async function send({ method, path, headers = {}, body }: Sent): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(service.url);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const call = request({ hostname, port, method, path, headers, agent: false });
  call.on('response', (response) => {
    text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
  });
  call.on('error', reject);
  call.end(body);
  return promise;
}

async function leaks(): Promise<unknown> {
  const { body } = await send({ method: 'GET', path: '/admin/leaks/status' });
  return JSON.parse(body).leaks;
}

const json = { 'content-type': 'application/json' };
const switchTo = (body: string, headers: Record<string, string> = json): Sent => ({
  method: 'POST',
  path: '/admin/leaks/cache',
  headers,
  body,
});

const event = (body: string, headers: Record<string, string> = json): Sent => ({
  ...switchTo(body, headers),
  path: '/api/ingest',
});
const reload = (body: string): Sent => ({ ...switchTo(body), path: '/api/blocklist/reload' });

it.each([5, 6])(
  'takes an event of the largest size, and refuses a larger one, at %i MB of JSON',
  async (size_mb) => {
    const body = workflowEvent(1, size_mb * 2 ** 20);
    expect((await send(event(body))).status).toBe(size_mb > 5 ? 413 : 200);
  },
);

describe('refuses, saying what was expected and what came, and changes nothing', () => {
  it.each<[string, Sent, number, RegExp]>([
    [
      'an unknown leak',
      { ...switchTo('{"enabled":true}'), path: '/admin/leaks/cash' },
      404,
      /cache.*got \\"cash\\"/,
    ],
    ['a flag that is text', switchTo('{"enabled":"yes"}'), 400, /enabled: expected boolean, got \\"yes\\"/],
    ['no body', switchTo(''), 400, /expected.*got nothing/i],
    ['a body that is no JSON', switchTo('enabled=true'), 400, /could not be parsed/],
    ['a list', switchTo('[]'), 400, /expected/i],
    ['a number', switchTo('1'), 400, /expected/i],
    ['a field that it does not know', switchTo('{"enabled":true,"size":5}'), 400, /size/],
    ['a negative size', switchTo('{"enabled":true,"bytes_per_request":-1}'), 400, /bytes_per_request.*512/],
    ['no size', switchTo('{"enabled":true,"bytes_per_request":0}'), 400, /bytes_per_request.*512/],
    ['a size beyond measure', switchTo('{"enabled":true,"bytes_per_request":1e12}'), 400, /10485760/],
    [
      'a size that is no number',
      switchTo('{"enabled":true,"bytes_per_request":NaN}'),
      400,
      /could not be parsed/,
    ],
    [
      'a size and a preset',
      switchTo('{"enabled":true,"bytes_per_request":600,"preset":"default"}'),
      400,
      /both/,
    ],
    ['6 MB of JSON', switchTo(`{"enabled":${' '.repeat(6 * 2 ** 20)}true}`), 413, /at most 102400 bytes/],
    [
      'another format',
      switchTo('<enabled/>', { 'content-type': 'application/xml' }),
      415,
      /application\/xml/,
    ],
    ['a form', switchTo('x', { 'content-type': 'multipart/form-data; boundary=x' }), 415, /multipart/],
    ['a strange charset', switchTo('{}', { 'content-type': 'application/json; charset=x-y' }), 415, /x-y/i],
    ['a strange encoding', switchTo('{}', { ...json, 'content-encoding': 'zip' }), 415, /zip/],
    ['another method', { method: 'DELETE', path: '/admin/leaks/cache' }, 405, /Expected POST; got DELETE/],
    ['a changing read', { method: 'GET', path: '/admin/gc' }, 405, /Expected POST/],
    ['an address without a path', { method: 'GET', path: '//#@a' }, 404, /openapi\.json/],
    ['a path to nowhere', { method: 'GET', path: '/admin/nothing' }, 404, /openapi\.json/],
    ['a NUL in a path', { ...switchTo('{"enabled":true}'), path: '/admin/leaks/%00' }, 404, /u0000/],
    [
      'a broken escape',
      { ...switchTo('{"enabled":true}'), path: '/admin/leaks/%E0%A4' },
      400,
      /could not be read/,
    ],
    ['__proto__', { ...switchTo('{"enabled":true}'), path: '/admin/leaks/__proto__' }, 404, /__proto__/],
    ['an event that is text', event('"order"'), 400, /expected an event.*got \\"order\\"|expected an event/],
    ['an event that is nothing', event('null'), 400, /expected an event/],
    [
      'a list with what is no event',
      event('[{"event":"order"},[1]]'),
      400,
      /\[1\]: expected an event.*\[1\]/,
    ],
    ['no event', event(''), 400, /expected an event.*got nothing/],
    ['an event cut short', event(bodyOf('large').slice(0, -2)), 400, /could not be parsed/],
    ['an event beyond 5 MB', event(workflowEvent(1, 5 * 2 ** 20 + 1)), 413, /at most 5242880 bytes/],
    ['an event of brackets', event('['.repeat(5_000_000)), 400, /at most 1000 deep/],
    ['an event that is no JSON', event('event=order'), 400, /could not be parsed/],
    ['an event as XML', event('<event/>', { 'content-type': 'text/xml' }), 415, /text\/xml/],
    ['a version that is a number', reload('{"version":7}'), 400, /version: expected string, got 7/],
    ['an empty version', reload('{"version":""}'), 400, /version/],
    ['a version of 65 letters', reload(`{"version":"${'v'.repeat(65)}"}`), 400, /version/],
    ['a reload of something else', reload('{"domains":[]}'), 400, /domains/],
    ['a reload that is a list', reload('[]'), 400, /expected/i],
    ['one request in none', switchTo('{"enabled":true,"one_in":0}'), 400, /one_in.*1/],
    [
      'one request in one and a half',
      switchTo('{"enabled":true,"one_in":1.5}'),
      400,
      /a whole number, got 1.5/,
    ],
    [
      'a preset that no leak has',
      switchTo('{"enabled":true,"preset":"slow"}'),
      400,
      /preset.*got \\"slow\\"/,
    ],
    [
      'a size below what a connection weighs',
      { ...switchTo('{"enabled":true,"bytes_per_request":512}'), path: '/admin/leaks/sockets' },
      400,
      /bytes_per_request.*16384/,
    ],
    ['a version that is null', reload('{"version":null}'), 400, /version: expected string, got null/],
    ['a reload cut short', reload('{"version":"'), 400, /could not be parsed/],
    [
      'a reload as XML',
      { ...reload('<version/>'), headers: { 'content-type': 'text/xml' } },
      415,
      /text\/xml/,
    ],
    [
      'half an event that says it is packed',
      event('{"a":1}', { ...json, 'content-encoding': 'gzip' }),
      400,
      /header/,
    ],
    [
      'an event of lists within lists',
      event('['.repeat(1e5) + ']'.repeat(1e5)),
      400,
      /\[0\]: expected an event/,
    ],
    ['a preset that this leak lacks', switchTo('{"enabled":true,"preset":"fast"}'), 400, /default, field/],
    [
      'an unknown leak to clear',
      { ...switchTo('{"leak_type":"x"}'), path: '/admin/leaks/clear' },
      404,
      /got \\"x\\"/,
    ],
  ])('%s', async (_name, sent, status, message) => {
    const before = await leaks();
    const answer = await send(sent);
    expect(answer).toMatchObject({ status, body: expect.stringMatching(message) });
    expect(JSON.parse(answer.body)).toEqual({
      error: { code: expect.any(String), message: expect.any(String), details: expect.any(Object) },
    });
    expect(await leaks()).toEqual(before);
  });
});

describe('keeps web pages out', () => {
  const switching = (headers: Record<string, string>) =>
    switchTo('{"enabled":true}', { ...json, ...headers });
  it.each([
    ['a name that was rebound', { host: 'evil.example' }],
    ['a page of another site', { origin: 'http://evil.example' }],
    ['a page of another port', { origin: 'http://localhost:3000' }],
    ['a page without origin', { origin: 'null' }],
    ['a fetch across sites', { 'sec-fetch-site': 'cross-site' }],
  ])('%s', async (_name, headers) => {
    expect((await send(switching(headers))).status).toBe(403);
    expect(await leaks()).toMatchObject({ cache: { enabled: false } });
  });

  it('but answers by its address', async () => {
    expect((await send({ method: 'GET', path: '/health', headers: { host: '127.0.0.1:8080' } })).status).toBe(
      200,
    );
  });
});

it('answers to the token alone where one is set', async () => {
  const guarded = await startLeakyService({ env: { ADMIN_TOKEN: 'long-enough', LOG_LEVEL: 'warn' } });
  const status = (authorization?: string) =>
    fetch(`${guarded.url}/admin/memory`, { headers: authorization ? { authorization } : {} }).then(
      (a) => a.status,
    );
  expect(await Promise.all([status(), status('Bearer wrong'), status('Bearer long-enough')])).toEqual([
    401, 401, 200,
  ]);
  expect((await fetch(`${guarded.url}/health`)).status).toBe(200);
  await guarded.stop();
});

it('survives two thousand requests of nonsense, and nothing changes', async () => {
  const before = await leaks();
  const paths = fc.oneof(
    fc.constantFrom(
      '/admin/leaks/cache',
      '/admin/leaks/clear',
      '/admin/upstream',
      '/api/data',
      '/api/ingest',
      '/api/blocklist/reload',
      '/admin/memory',
    ),
    fc.webPath().map((path) => `/admin/leaks/${path}`),
    fc.stringMatching(/^\/[!-~]{0,40}$/),
  );
  const bodies = fc.oneof(
    fc
      .jsonValue()
      .filter((value) => !isChange(value))
      .map((value) => JSON.stringify(value)),
    fc.string(),
    fc
      .record({ enabled: fc.anything(), bytes_per_request: fc.double() })
      .map((value) => JSON.stringify({ ...value, x: 1 })),
  );
  const requests = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'),
    path: paths,
    headers: fc.constantFrom(
      {},
      json,
      { 'content-type': 'text/plain' },
      { 'content-type': 'a/b' },
      { 'content-type': ';' },
    ),
    body: bodies,
  });
  await fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      const hasNoBody = sent.method === 'GET' || sent.method === 'HEAD';
      const { status } = await send(hasNoBody ? { ...sent, body: '' } : sent);
      // Without an upstream, a right call to it is refused with 502: the one 5xx that is an answer.
      if (sent.path === '/admin/upstream') expect([200, 400, 404, 405, 413, 415, 502]).toContain(status);
      else expect(status).toBeLessThan(500);
    }),
    { numRuns: 2_000 },
  );
  expect(await leaks()).toEqual(before);
}, 120_000);

/** What some route would rightly take. */
function isChange(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('enabled' in value || 'leak_type' in value);
}
