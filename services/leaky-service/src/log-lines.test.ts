import { execFileSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { standardOutput } from './log-lines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-lines-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileSink() {
  const file = join(folder, 'log');
  const descriptor = openSync(file, 'w');
  return {
    sink: standardOutput(descriptor),
    content: () => readFileSync(file, 'utf8'),
    close: () => closeSync(descriptor),
  };
}

describe('the log', () => {
  it('writes a single line without waiting for a second one', async () => {
    const { sink, content, close } = fileSink();
    sink.write('one\n');
    await vi.waitFor(() => expect(content()).toBe('one\n'), { timeout: 5_000 });
    close();
  });

  it('holds every line in order once it is flushed', async () => {
    const { sink, content, close } = fileSink();
    const lines = Array.from({ length: 5_000 }, (_, at) => `line ${at} ${'x'.repeat(at % 90)}\n`);
    for (const line of lines) sink.write(line);
    await new Promise((resolve) => sink.flush(resolve));
    expect(content()).toBe(lines.join(''));
    close();
  });

  it('drops lines rather than keep them while nobody reads', async () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    // Opened for both directions: to open it for one alone waits for the other.
    const descriptor = openSync(fifo, 'r+');
    const sink = standardOutput(descriptor);
    const sent_bytes = 20_000_000;
    for (let sent = 0; sent < sent_bytes; sent += 1_000) sink.write(`${'x'.repeat(999)}\n`);

    let came_bytes = 0;
    const reader = createReadStream(fifo).on('data', (chunk) => {
      came_bytes += chunk.length;
    });
    await new Promise((resolve) => sink.flush(resolve));
    expect(came_bytes).toBeLessThan(1_200_000);
    reader.destroy();
    closeSync(descriptor);
  });
});
