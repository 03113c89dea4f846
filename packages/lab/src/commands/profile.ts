import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { LabError, reasonOf } from '../lab-error.ts';
import { readPprof, writePprof } from '../profile/pprof-file.ts';
import { type AliveStack, bytesOfStacks, differenceOf } from '../profile/profile.ts';
import { differenceWords } from '../profile/words.ts';
import { findLab } from '../running-lab.ts';
import { formatMegabytes } from '../text/bytes.ts';

export interface ProfileOptions {
  readonly since?: string;
  readonly difference?: string;
}

/** `./lab profile FILE`: what is alive now, by the functions that allocated it, in pprof's format; and what of it is new. */
export async function profile(file: string, { since, difference }: ProfileOptions): Promise<void> {
  if (difference !== undefined && since === undefined)
    throw new LabError({
      problem: 'A difference needs two profiles.',
      expected: '--since FILE beside --difference',
      advice: './lab profile after.pb.gz --since before.pb.gz --difference grown.pb.gz',
    });
  for (const free of [file, difference]) if (free !== undefined) requireFree(free);
  const before = since === undefined ? undefined : readFile(since);
  const { client } = findLab();
  const bytes = Buffer.from(await client.heapProfile());
  const after = readPprof(bytes);
  write(file, bytes);
  console.log(
    `✓ ${file}: ${formatMegabytes(bytesOfStacks(after))} alive. go tool pprof -top ${file} shows them too.`,
  );
  if (before === undefined) return;
  const grown = differenceOf(before, after);
  console.log(differenceWords(grown).join('\n'));
  if (difference !== undefined) write(difference, writePprof(grown, new Date()));
}

function requireFree(file: string): void {
  if (!existsSync(file)) return;
  throw new LabError({
    problem: `${file} is there already.`,
    expected: 'a name that is free: a profile is not written over',
    advice: 'give another name, or remove it',
  });
}

function readFile(file: string): AliveStack[] {
  try {
    return readPprof(readFileSync(file));
  } catch (error) {
    throw new LabError({
      problem: `${file} is no profile of what is alive.`,
      expected: 'a file that ./lab profile wrote, or GET /admin/heap/profile?format=pprof',
      came: reasonOf(error),
      advice: 'take one: ./lab profile before.pb.gz',
    });
  }
}

function write(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx' });
  } catch (error) {
    throw new LabError({
      problem: `${file} could not be written.`,
      expected: 'a folder one may write to',
      came: reasonOf(error),
      advice: 'give another place, as /tmp/before.pb.gz',
    });
  }
}
