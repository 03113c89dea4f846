import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HandOver } from './hand-over.ts';

const minute_ms = 60_000;

/** A thread that does `work` with a `handOver` of the same words. */
async function besideThread(handOver: HandOver, work: string): Promise<void> {
  const module = new URL('./hand-over.ts', import.meta.url).href;
  const program = `import(${JSON.stringify(module)}).then(({ HandOver }) => {
    const { workerData, parentPort } = require('node:worker_threads');
    const handOver = new HandOver(workerData);
    parentPort.postMessage('there');
    ${work}
  });`;
  const worker = new Worker(program, { eval: true, workerData: handOver.words });
  onTestFinished(() => void worker.terminate());
  await once(worker, 'message');
}

describe('memory that one thread leaves to another', () => {
  it('is waited for', async () => {
    const handOver = new HandOver();
    await besideThread(handOver, 'setTimeout(() => handOver.give({ begin: 6400, end: 128000 }), 50);');
    expect(handOver.take(minute_ms)).toEqual({ begin: 6400, end: 128_000 });
  });

  it('is not waited for where there is none', async () => {
    const handOver = new HandOver();
    await besideThread(handOver, 'setTimeout(() => handOver.give(), 50);');
    expect(handOver.take(minute_ms)).toBeUndefined();
  });

  it('is not waited for without end', () => {
    expect(new HandOver().take(5)).toBeUndefined();
  });

  it('is what was given first, beyond 2 GB too, and never more than that', () => {
    const handOver = new HandOver();
    handOver.give({ begin: 3_000_000_001, end: 4_000_000_063 });
    handOver.give();
    expect(handOver.take(0)).toEqual({ begin: 3_000_000_064, end: 4_000_000_000 });
  });
});
