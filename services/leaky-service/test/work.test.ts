/** The learner's code in a running service: what it does there, and what is said where it cannot be loaded. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, vi } from 'vitest';
import type { RunningService } from '../../../test/support/processes.ts';
import { catalogue } from '../src/leaks/catalogue.ts';
import { fileOf } from '../src/work/load.ts';
import { get, growthPerRequest, post, sendRequests } from './load.ts';
import { features, roomTest as it, load, WorkRoom, workOf } from './work-room.ts';

// Each starts services, and some wait for what does not come.
vi.setConfig({ testTimeout: 90_000 });

const variantOf = async ({ url }: RunningService) =>
  (await get<{ leaks: { cache: { variant: string } } }>(url, '/admin/leaks/status')).leaks.cache.variant;

async function refused(service: RunningService) {
  const answer = await load(service);
  const { error } = (await answer.json()) as { error: { code: string; message: string; details: object } };
  return { status: answer.status, ...error };
}

it('every feature is in the file that its class is named after', () => {
  const upstream = { makeAgent: () => undefined };
  const options = { entry_bytes: 1_000, upstream } as unknown as Parameters<
    (typeof catalogue)[number]['create']
  >[0];
  for (const leak of catalogue) {
    const name = fileOf(leak.create(options).constructor.name);
    expect(existsSync(join(features, name)) && name).toBe(name);
  }
});

describe('code that loads', () => {
  // One after the other in one service: each begins with the file as it was, after a reset.
  const room = new WorkRoom();
  const original = room.read();
  let service: RunningService;
  beforeAll(async () => {
    service = await room.start();
  });
  afterAll(() => room.end());
  beforeEach(async () => {
    room.write(original);
    await post(service.url, '/admin/reset');
  });

  it('runs in place of the feature: as it was it leaks, mended it does not, and is anew each time', async () => {
    expect((await load(service, { bytes_per_request: 4_096 })).status).toBe(200);
    await sendRequests(service.url, 2_000);
    expect((await growthPerRequest(service.url, 1_000)) / 4_096).toBeGreaterThan(0.85);
    room.write(room.read().replace(", 'x-request-id'", ''));
    expect((await load(service)).status).toBe(200);
    await sendRequests(service.url, 1_000);
    expect(await growthPerRequest(service.url, 4_000)).toBeLessThan(20);
    const threw = { count: 0, last: null };
    const piece = { id: 'cache', file: 'response-cache.ts', loaded_at: expect.any(String), threw };
    expect(await workOf(service)).toEqual({ loaded: [piece], ended: null });
    await post(service.url, '/admin/reset');
    expect(await workOf(service)).toEqual({ loaded: [], ended: null });
    expect(await variantOf(service)).toBe('leaky');
  });

  it('is the service’s own code to the profiler', async () => {
    await load(service, { bytes_per_request: 16_384 });
    await sendRequests(service.url, 1_500);
    const path = '/admin/memory/snapshot';
    const { by_line } = await get<{ by_line: { location: string }[] }>(service.url, path);
    const line = room.lineOf('handle(request');
    expect(by_line[0]?.location).toBe(`.lab/work/response-cache.ts:${line} handle`);
  });

  it('fails the request where it throws, and says where', async () => {
    room.writeIntoHandle('nothing.of.it();');
    await load(service);
    for (const _ of [1, 2]) expect((await fetch(`${service.url}/api/data`)).status).toBe(500);
    const { loaded } = await workOf(service);
    expect(loaded[0]?.threw).toEqual({
      count: 2,
      last: {
        message: 'ReferenceError: nothing is not defined',
        file: 'response-cache.ts',
        line: room.lineOf('nothing.of.it'),
        column: 5,
        at: expect.any(String),
      },
    });
  });

  it('may say anything of itself', async () => {
    const numbers = room.read().replace('return this.#bytes;', "return 'much' as never;");
    room.write(numbers.replace('return this.#responses.size;', 'throw 1;'));
    await load(service);
    const { leaks } = await get<{ leaks: { cache: object } }>(service.url, '/admin/leaks/status');
    expect(leaks.cache).toMatchObject({ entries: 0, retained_bytes: 0 });
    expect((await fetch(`${service.url}/admin/sample`)).status).toBe(200);
  });
});

/** What is wrong, of which kind it is said to be, and in which line it is told, where it is in one. */
const spoilt: Readonly<Record<string, [kind: string, spoil: (text: string) => string, line?: string]>> = {
  'an end': ['parse', (text) => text.replace('entries(): number {', 'entries(): number {{')],
  'a type': ['parse', (text) => text.replace('handle(request:', 'handle(: request:'), 'handle('],
  'a name twice': ['parse', (text) => `${text}\nconst key = 1;\nlet key = 2;\n`, 'let key'],
  'no such field': ['parse', (text) => text.replace('this.#bytes = 0;', 'this.#total = 0;'), '#total'],
  'an enum': ['parse', (text) => `${text}\nenum Kind { one }\n`, 'enum Kind'],
  'no such file': ['import', (text) => `import { a } from './nowhere.ts';\n${text}`, 'nowhere.ts'],
  'no such package': ['import', (text) => `import { a } from 'nowhere-at-all';\n${text}`, 'nowhere-at-all'],
  'no such name': ['import', (text) => text.replace('{ orderDocument }', '{ orderText }'), '{ orderText }'],
  'thrown at the top': ['throws', (text) => `${text}\nthrow new Error('no');\n`, 'throw new'],
  'thrown by the constructor': [
    'throws',
    (text) => text.replace('this.#options = options;', "throw new Error('no');"),
    'throw new',
  ],
  'a wait at the top': ['never_loads', (text) => `${text}\nawait new Promise(() => undefined);\n`],
  'another class': ['no_class', (text) => text.replace('class ResponseCache', 'class Cache')],
  'a method less': ['no_class', (text) => text.replace('entries(): number', 'size(): number')],
};

describe('code that does not load', () => {
  it('is told with its line, by kind, and changes nothing', async ({ room }) => {
    const service = await room.start();
    const original = room.read();
    await post(service.url, '/admin/leaks/cache', { enabled: true, variant: 'fixed' });
    for (const [name, [kind, spoil, at]] of Object.entries(spoilt)) {
      room.write(spoil(original));
      const { status, code, message, details } = await refused(service);
      expect({ name, status, code, details }).toMatchObject({
        name,
        status: 422,
        code: 'code_does_not_load',
        details: {
          file: 'response-cache.ts',
          ...(at !== undefined && { line: room.lineOf(at) }),
          kind,
          reason: expect.any(String),
        },
      });
      expect(message).toMatch(/^response-cache\.ts.*cannot be loaded: /);
      expect(await variantOf(service)).toBe('fixed');
    }
    rmSync(room.file);
    expect(await refused(service)).toMatchObject({ status: 422, details: { kind: 'missing' } });
    expect(await workOf(service)).toEqual({ loaded: [], ended: null });
    expect((await fetch(`${service.url}/api/data`)).status).toBe(200);
  });

  it('is not looked for where no folder is named', async ({ room }) => {
    expect(await refused(await room.start({ WORK_DIRECTORY: '' }))).toMatchObject({
      status: 503,
      code: 'no_work_directory',
    });
  });
});
