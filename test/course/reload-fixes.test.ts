/** Lab 11's second part over fixes as somebody might write them, each in a real service: the right ones pass, the others are told why not. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { reloadsMended, type Sight, type Tools } from '@leak-lab/course';
import { moveImports } from '@leak-lab/course/workpiece';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../packages/lab/src/settings.ts';
import { WorkRoom } from '../../services/leaky-service/test/work-room.ts';
import type { RunningService } from '../support/processes.ts';

const fixes = resolve(import.meta.dirname, '../../labs/11-after-every-reload/fixes');
const leak = { id: 'reload', bytes_per_request: 2_500_000 };
const room = new WorkRoom('blocklist.ts');
const asItIs = room.read();
let service: RunningService;

beforeAll(async () => {
  service = await room.start();
});
afterAll(() => room.end());

/** What a trial has of the service alone. */
function tools(): Tools {
  const absent = () => {
    throw new Error('This trial asks for nothing but the service.');
  };
  return {
    evidence: absent,
    send: absent,
    hold: absent,
    work_directory: room.directory,
    tell: () => undefined,
    signal: AbortSignal.timeout(60_000),
    service: async (method, path, json) => {
      const body = method === 'GET' ? null : JSON.stringify(json ?? {});
      const answer = await fetch(`${service.url}${path}`, { method, body });
      return { status: answer.status, json: await answer.json() };
    },
  };
}

async function tried(text: string): Promise<Sight> {
  room.write(text);
  return reloadsMended(tools(), leak);
}

const written = (name: string): string => {
  const source = join(fixes, `${name}.ts`);
  return moveImports(readFileSync(source, 'utf8'), source, room.file);
};

const expected: Readonly<Record<string, RegExp>> = {
  'broken-throws': /answered with 500: your code threw at \S*blocklist\.ts:\d+: Error: no list of version/,
  'right-keeps-the-number': /left of each of 6 reloads; .* what had changed was taken/,
  'right-last-two': /left of each of 6 reloads; .* what had changed was taken/,
  'wrong-keeps-every-third': /^\d\S* KB left of each of 6 reloads$/,
  'wrong-loads-again': /but \S+ MB made for each of 5 that brought nothing new$/,
  'wrong-never-loads-again': /domains of another version to be new/,
  'wrong-tells-no-difference': /domains of another version to be new/,
};

it('every fix of the lab is tried here', () => {
  expect(readdirSync(fixes).map((file) => basename(file, '.ts'))).toEqual(Object.keys(expected));
});

it.each(Object.entries(expected))('%s is what it is called', async (name, saw) => {
  const sight = await tried(written(name));
  expect(sight).toMatchObject({ seen: name.startsWith('right'), saw: expect.stringMatching(saw) });
});

it('the service’s own twin is right', async () => {
  const twin = join(root, 'services/leaky-service/src/fixed/blocklist.ts');
  expect(await tried(moveImports(readFileSync(twin, 'utf8'), twin, room.file))).toMatchObject({ seen: true });
});

it('the file as it is keeps a list of each reload', async () => {
  const { seen, figures } = await tried(asItIs);
  expect(seen).toBe(false);
  expect((figures?.['bytes_per_reload'] ?? 0) / leak.bytes_per_request).toBeCloseTo(1, 1);
});
