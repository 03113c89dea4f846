import { places } from '@leak-lab/course';
import { expect } from 'vitest';
import { readLabIn } from './blind-lab.ts';
import { readPatientsIn } from './blind-patients.ts';
import { labTest as it } from './lab-command.ts';
import { type Readings, tellingLines } from './telling.ts';

/** Reads a lab with each of these leaks while it is not to be known, and holds what is read of each against the others. */
export function nothingTellsOf(leaksSeen: readonly string[]): void {
  const all = new Map<string, Readings>();

  it.for(leaksSeen)('there is something to read of a lab with %s', async (id, { lab }) => {
    const readings = await readLabIn(lab, id);
    all.set(id, readings);
    expect([...readings.keys()]).toEqual(
      expect.arrayContaining(['200 /metrics', '409 /admin/leaks/status', '/logs/service.log', '/state.json']),
    );
  });

  it.for(leaksSeen)('nothing anywhere tells of %s but profiles, snapshots and the source', (id) => {
    const others = [...all].filter(([other]) => other !== id).map(([, readings]) => readings);
    expect(others).toHaveLength(leaksSeen.length - 1);
    expect(tellingLines(all.get(id) ?? new Map(), wordsOf(id), others)).toEqual([]);
  });
}

/** The same of the services that a lab has side by side: each is held against the others, and what is beside them against what was there before. */
export function nothingTellsOfPatients(): void {
  it('nothing tells what is wrong in which of three services side by side', async ({ lab }) => {
    const { services, beside } = await readPatientsIn(lab);
    expect(new Set(services.map(({ id }) => id)).size).toBe(3);
    for (const { name, id, readings } of services) {
      expect([...readings.keys()], name).toEqual(
        expect.arrayContaining(['200 /metrics', '409 /admin/leaks/status', 'environ of it', '/its.log']),
      );
      const others = services.filter((other) => other.name !== name).map((other) => other.readings);
      expect(tellingLines(readings, wordsOf(id), others), name).toEqual([]);
    }
    const words = services.flatMap(({ id }) => wordsOf(id));
    expect([...beside.during.keys()]).toEqual(
      expect.arrayContaining([
        '200 /api/samples?service=c',
        '/logs/patient-b.log',
        '/console/course/progress.json',
        './lab check',
      ]),
    );
    expect(tellingLines(beside.during, words, [beside.before])).toEqual([]);
  });
}

/** Ids that are words of their own, in names of metrics too: those tell where they stand as an id. */
const usualWords = new Set(['buffers', 'sockets', 'reload', 'keys']);

/** What a leak is called, and the file that it is in. */
function wordsOf(id: string): string[] {
  const file = places[id]?.file.replace(/\.ts$/, '') ?? id;
  return [...(usualWords.has(id) ? [`"${id}"`, `'${id}'`, `=${id}`] : [id]), file];
}
