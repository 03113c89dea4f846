import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pairFiles, pairsFolder } from './files.ts';
import { installNode } from './install-node.ts';

const service = fileURLToPath(new URL('./express-service.mjs', import.meta.url));

/** How many requests the Express service keeps when each snapshot is taken. */
const requestsKept: Readonly<Record<string, readonly number[]>> = {
  s: [1900, 3000, 3100],
  m: [26_700, 34_700, 35_000],
  l: [57_000, 72_800, 73_400],
  x: [126_800, 158_600],
  's-node20': [1900, 3000],
  's-node24': [1900, 3000],
};

/** Pairs that {@link makePair} makes with nothing but Node. */
export const expressPairs: readonly string[] = Object.keys(requestsKept);

/** Makes a pair of the Express service, unless it is there: with the Node its name says, else with this one. */
export function makePair(pair: string): void {
  const counts = requestsKept[pair];
  if (!counts) throw new Error(`expected one of ${expressPairs.join(', ')}, got ${pair}`);
  const line = /-node(\d+)$/.exec(pair)?.[1];
  takeInto(pair, (folder) => {
    const node = line === undefined ? process.execPath : installNode(line);
    execFileSync(node, ['--max-old-space-size=8000', service, folder, ...counts.map(String)], {
      stdio: 'inherit',
    });
  });
}

/** Has a pair's snapshots taken into a folder that gets its name when all are there; a pair that is there stays. */
export function takeInto(pair: string, take: (folder: string) => void): void {
  if (existsSync(pairFiles(pair)[1])) return;
  console.error(`making pair ${pair}`);
  mkdirSync(pairsFolder, { recursive: true });
  const unfinished = mkdtempSync(resolve(pairsFolder, '.unfinished-'));
  try {
    take(unfinished);
    renameSync(unfinished, resolve(pairsFolder, pair));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
