import { chromiumPair, makeChromiumPair } from './chromium.ts';
import { expressPairs, makeExpressPair } from './express.ts';
import { leakPairs, makeLeakPair } from './lab-service.ts';

/** Every pair there is. */
export const allPairs: readonly string[] = [...expressPairs, ...leakPairs, chromiumPair];

/** Makes a pair, unless it is there. `chromium` needs Chromium installed, `s-node…` a registry of npm's. */
export async function makePair(pair: string): Promise<void> {
  if (expressPairs.includes(pair)) await makeExpressPair(pair);
  else if (leakPairs.includes(pair)) await makeLeakPair(pair);
  else if (pair === chromiumPair) await makeChromiumPair();
  else throw new Error(`expected one of ${allPairs.join(', ')}, got ${pair}`);
}
