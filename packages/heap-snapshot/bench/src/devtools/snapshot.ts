import { createReadStream } from 'node:fs';
import { MessageChannel, Worker } from 'node:worker_threads';
import { bundlePath } from './bundle.ts';

const block_bytes = 10 * 1024 * 1024;

/** What DevTools knows of one class of objects. */
export interface DevToolsClass {
  readonly count: number;
  readonly self: number;
  readonly maxRet: number;
  readonly name: string;
}

/** The part of DevTools' `JSHeapSnapshot` that is driven here. */
export interface DevToolsSnapshot {
  getAggregatesByClassKey(sorted: boolean, key: string): Record<string, DevToolsClass>;
  interfaceDefinitions(): string;
  aggregatesForDiff(interfaceDefinitions: string): Record<string, unknown>;
  calculateSnapshotDiff(baseId: number, base: Record<string, unknown>): Record<string, DevToolsDiff>;
  readonly nodeCount: number;
}

export interface DevToolsDiff {
  readonly name: string;
  readonly addedCount: number;
  readonly removedCount: number;
  readonly addedSize: number;
  readonly removedSize: number;
}

interface DevToolsLoader {
  write(text: string): void;
  close(): void;
  buildSnapshot(port: unknown): Promise<DevToolsSnapshot>;
}

/** Loads a snapshot as the DevTools front end does: its loader here, dominators in a second thread. */
export async function loadInDevTools(path: string): Promise<DevToolsSnapshot> {
  const { HeapSnapshotLoader } = await import(bundlePath);
  const loader: DevToolsLoader = new HeapSnapshotLoader({ sendEvent() {} });
  const decoder = new TextDecoder();
  for await (const block of createReadStream(path, { highWaterMark: block_bytes })) {
    loader.write(decoder.decode(block, { stream: true }));
    // The parser takes one block for each turn of the loop; without this they would pile up.
    await new Promise(setImmediate);
  }
  loader.close();
  const { port1, port2 } = new MessageChannel();
  const second = new Worker(new URL('./second-thread.ts', import.meta.url), {
    workerData: { port: port2, bundlePath },
    transferList: [port2],
  });
  try {
    return await loader.buildSnapshot(port1);
  } finally {
    port1.close();
    await second.terminate();
  }
}
