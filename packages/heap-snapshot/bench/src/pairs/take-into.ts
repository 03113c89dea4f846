import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pairFiles, pairsFolder } from './files.ts';

/** Has a pair's snapshots taken into a folder that gets its name when all are there; a pair that is there stays. */
export async function takeInto(pair: string, take: (folder: string) => void | Promise<void>): Promise<void> {
  if (existsSync(pairFiles(pair)[1])) return;
  console.error(`making pair ${pair}`);
  mkdirSync(pairsFolder, { recursive: true });
  const unfinished = mkdtempSync(resolve(pairsFolder, '.unfinished-'));
  try {
    await take(unfinished);
    renameSync(unfinished, resolve(pairsFolder, pair));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
