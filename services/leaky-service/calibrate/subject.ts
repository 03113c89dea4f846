/**
 * One measurement in a process of its own, with the service's code loaded, since code leads to more objects than data
 * does: fills its heap, has the objects counted as the service does, takes a snapshot and tells what that took at its
 * highest. Arguments: the kind's name, the size in MB.
 */
import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics, writeHeapSnapshot } from 'node:v8';
import '../src/service.ts';
import { collectAsLastResort, collectGarbage } from '../src/memory/gc.ts';
import { status_bytes } from '../src/memory/process-status.ts';
import { countObjects } from '../src/snapshots/object-counts.ts';
import { fill, heapKinds } from './heaps.ts';

const [name, size_mb] = process.argv.slice(2);
const kind = heapKinds.find((candidate) => candidate.name === name);
if (!kind) throw new Error(`There is no kind of heap called ${JSON.stringify(name)}.`);
const used_bytes = () => getHeapStatistics().used_heap_size;

const kept = fill(kind, Number(size_mb) * 2 ** 20, used_bytes);
await collectGarbage();
const counts = await countObjects();
collectAsLastResort();
await new Promise((resolve) => setTimeout(resolve, 200));

/** `VmHWM` is the highest since it was last reset. */
const status = (field: 'VmRSS' | 'VmHWM') => status_bytes(field) ?? Number.NaN;
writeFileSync('/proc/self/clear_refs', '5');
const before_bytes = status('VmRSS');
const live_bytes = used_bytes();
const began = performance.now();
const file = join(tmpdir(), `calibrate-${process.pid}.heapsnapshot`);
writeHeapSnapshot(file);
const seconds = (performance.now() - began) / 1000;
const cost_bytes = status('VmHWM') - before_bytes;
const left_bytes = status('VmRSS') - before_bytes;
const [nodes, edges] = ['node_count', 'edge_count'].map(inHead);
rmSync(file);
process.send?.({
  nodes,
  edges,
  kind: name,
  live_bytes,
  counts,
  cost_bytes,
  left_bytes,
  seconds,
  kept: typeof kept === 'object',
});
process.disconnect?.();
// Telemetry keeps the loop alive.
process.exit();

/** A number that the snapshot says of itself. */
function inHead(field: string): number {
  const head = Buffer.alloc(4096);
  const opened = openSync(file, 'r');
  readSync(opened, head);
  closeSync(opened);
  return Number(new RegExp(`"${field}":(\\d+)`).exec(head.toString())?.[1]);
}
