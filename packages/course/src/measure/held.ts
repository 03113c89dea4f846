import { bytesOf } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes } from './collections.ts';
import { pausesIn, samplesBetween, samplesSinceOnset } from './requests.ts';

const leastPause_seconds = 10;
/** Of what a collection is read within. */
const settle_seconds = 3;

/**
 * Whether the traffic was held off for ten seconds after it had begun to happen, all garbage was collected meanwhile, and what
 * stayed. `quiet_perSecond`: so many requests are none, where whoever reads asks more than usual.
 */
export function heldThroughPause(evidence: Evidence, quiet_perSecond?: number): Sight {
  const pauses = pausesIn(samplesSinceOnset(evidence), leastPause_seconds, quiet_perSecond);
  if (pauses.length === 0) return { seen: false, saw: 'traffic without a pause of 10 s' };
  for (const { from_ms, to_ms } of pauses) {
    const pause = samplesBetween(evidence, from_ms, to_ms + settle_seconds * 1000);
    const [collected] = collectionsIn(pause);
    const held = collected && heldAfterGc_bytes(collected);
    if (held != null)
      return { seen: true, saw: `without traffic and after a collection ${bytesOf(held)} are still held` };
  }
  return { seen: false, saw: 'a pause, and no collection of all garbage in it' };
}
