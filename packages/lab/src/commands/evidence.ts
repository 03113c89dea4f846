import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConsoleClient } from '../console-client.ts';
import { LabError, reasonOf } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';
import { formatMegabytes } from '../text/bytes.ts';
import { formatSeconds } from '../text/duration.ts';

/** A download that is over before this says nothing of its progress. */
const silent_ms = 2000;
const between_ms = 250;

/** `./lab evidence`: one archive of samples, profiles, diffs and deaths, under its name only when it is whole. */
export async function evidence(options: { readonly output?: string }): Promise<void> {
  const { consoleUrl } = findLab();
  const file = options.output ?? defaultName(new Date());
  if (existsSync(file)) {
    throw new LabError({
      problem: `${file} is there already.`,
      expected: 'a name that is free: evidence is not written over',
      advice: './lab evidence --output another-name.tar.gz, or remove it',
    });
  }
  const { body } = await new ConsoleClient(consoleUrl).evidence();
  const draft = `${file}.partial`;
  const begun = Date.now();
  const progress = showProgress(begun);
  try {
    await pipeline(
      Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]),
      progress.count,
      createWriteStream(draft),
    );
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new LabError({
      problem: `The evidence could not be written to ${file}.`,
      expected: 'a folder one may write to, with room, and a console that answers to the end',
      came: reasonOf(error),
      advice: './lab evidence --output /another/folder/evidence.tar.gz; ./lab logs console',
    });
  } finally {
    progress.end();
  }
  const took = formatSeconds((Date.now() - begun) / 1000);
  console.log(`✓ ${file} (${formatMegabytes(progress.bytes)}, ${took}). Begin with: tar -tzf ${file}`);
}

/** "leak-lab-evidence-20261121-115150.tar.gz": names of two seconds differ. */
function defaultName(now: Date): string {
  const [date = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15).split('T');
  return `leak-lab-evidence-${date}-${time}.tar.gz`;
}

/** Counts what passes, and shows it on a terminal's standard error once it takes long. */
function showProgress(begun: number) {
  const shown = process.stderr.isTTY;
  let bytes = 0;
  let wrote = false;
  const timer = setInterval(() => {
    const lasted_ms = Date.now() - begun;
    if (lasted_ms < silent_ms) return;
    const line = `${formatMegabytes(bytes)} after ${formatSeconds(lasted_ms / 1000)} …`;
    if (shown) process.stderr.write(`\r\u001B[K${line}`);
    else if (!wrote) process.stderr.write(`${line}\n`);
    wrote = true;
  }, between_ms);
  return {
    get bytes() {
      return bytes;
    },
    async *count(parts: AsyncIterable<Uint8Array>) {
      for await (const part of parts) {
        bytes += part.length;
        yield part;
      }
    },
    end() {
      clearInterval(timer);
      if (wrote && shown) process.stderr.write('\r\u001B[K');
    },
  };
}
