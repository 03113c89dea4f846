import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import puppeteer, { type CDPSession } from 'puppeteer-core';
import { takeInto } from './take-into.ts';

export const chromiumPair = 'chromium';

/** Takes both snapshots of a page that keeps detached elements, in the Chromium installed (`CHROMIUM`, or on the path). */
export async function makeChromiumPair(): Promise<void> {
  await takeInto(chromiumPair, async (folder) => {
    const executablePath =
      process.env['CHROMIUM'] ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
    const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.setContent('<!doctype html><title>Orders</title><ul id="orders"></ul>');
      await page.evaluate(`class Row { constructor(id, element) { this.id = id; this.element = element; } }
        const kept = window.kept = [];
        window.show = (count) => {
          const list = document.getElementById('orders');
          for (let id = 0; id < count; id++) {
            const row = document.createElement('li');
            row.append(Object.assign(document.createElement('b'), { textContent: 'order ' + id }));
            row.addEventListener('click', () => kept.length + id);
            list.append(row);
            if (id % 2) kept.push(new Row(id, row));
          }
          list.replaceChildren();
        }`);
      // One session for both: when it ends, V8 forgets the ids it gave.
      const session = await page.createCDPSession();
      await session.send('HeapProfiler.enable');
      await page.evaluate('show(500)');
      await takeSnapshot(session, resolve(folder, 'a.heapsnapshot'));
      await page.evaluate('show(800)');
      await takeSnapshot(session, resolve(folder, 'b.heapsnapshot'));
    } finally {
      await browser.close();
    }
  });
}

async function takeSnapshot(session: CDPSession, path: string): Promise<void> {
  const file = openSync(path, 'w');
  const write = ({ chunk }: { chunk: string }) => writeSync(file, chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', write);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', write);
  closeSync(file);
}
