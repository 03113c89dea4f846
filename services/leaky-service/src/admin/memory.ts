import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { Route } from '@leak-lab/json-service';
import type { ContainerMemory } from '../memory/container.ts';
import { collectGarbage } from '../memory/gc.ts';
import { megabytes, readProcessMemory } from '../memory/process.ts';

export interface MemoryDeps {
  readonly readContainer: () => ContainerMemory | null;
  /** Another server that this one writes to: whoever has garbage collected measures, and wants its use of now. */
  readonly remote: { read(): Promise<void> };
}

export function memoryRoutes({ readContainer, remote }: MemoryDeps): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/memory',
      summary: 'What the process holds, and the limit around it.',
      handler: (_request, response) => {
        response.json({
          timestamp: new Date().toISOString(),
          process: readProcessMemory(),
          container: readContainer(),
        });
      },
    },
    {
      method: 'get',
      path: '/admin/heap/statistics',
      summary: "V8's heap by spaces, and the limit around the process.",
      handler: (_request, response) => {
        response.json({
          timestamp: new Date().toISOString(),
          heap: sizesInBytes(getHeapStatistics()),
          spaces: getHeapSpaceStatistics().map(sizesInBytes),
          container: readContainer(),
        });
      },
    },
    {
      method: 'post',
      path: '/admin/gc',
      summary: 'Collects all garbage now; the readings before and after.',
      handler: async (_request, response) => {
        const before = readProcessMemory();
        await Promise.all([collectGarbage(), remote.read()]);
        const after = readProcessMemory();
        const freed_bytes =
          before.heap_used_bytes + before.external_bytes - after.heap_used_bytes - after.external_bytes;
        response.json({ collected: true, before, after, freed_bytes, freed_mb: megabytes(freed_bytes) });
      },
    },
  ];
}

/** V8's own names do not all carry their unit: those that are sizes get it here. */
function sizesInBytes(statistics: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(statistics).map(([name, value]) => [
      /(size|limit|memory|heap_size_executable|bytes)$/.test(name) && !name.endsWith('_bytes')
        ? `${name}_bytes`
        : name,
      value,
    ]),
  );
}
