import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installNode } from './install-node.ts';
import { takeInto } from './take-into.ts';

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

/** Pairs of the Express service. */
export const expressPairs: readonly string[] = Object.keys(requestsKept);

/** Makes a pair of the Express service, unless it is there: with the Node its name says, else with this one. */
export async function makeExpressPair(pair: string): Promise<void> {
  const counts = requestsKept[pair] ?? [];
  const line = /-node(\d+)$/.exec(pair)?.[1];
  await takeInto(pair, (folder) => {
    const node = line === undefined ? process.execPath : installNode(line);
    execFileSync(node, ['--max-old-space-size=8000', service, folder, ...counts.map(String)], {
      stdio: 'inherit',
    });
  });
}
