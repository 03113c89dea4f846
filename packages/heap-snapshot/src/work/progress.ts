import type { Progress } from '../types.ts';

/** How much of a snapshot's work is done when a stage begins, and how much it is. */
const parts: Record<Progress['stage'], { readonly from: number; readonly share: number }> = {
  reading: { from: 0, share: 0.5 },
  dominators: { from: 0.5, share: 0.3 },
  classes: { from: 0.8, share: 0.05 },
  diff: { from: 0.85, share: 0.05 },
  paths: { from: 0.9, share: 0.1 },
};

const between_milliseconds = 100;

/** Reports a snapshot's stages as one rising ratio, not too often. */
export function progressOf(
  snapshot: number,
  report: ((progress: Progress) => void) | undefined,
): (stage: Progress['stage'], ratio: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  let greatest = 0;
  return (stage, ratio) => {
    const now = performance.now();
    if (!report || now - last < between_milliseconds) return;
    last = now;
    const { from, share } = parts[stage];
    greatest = Math.max(greatest, Math.min(1, from + share * ratio));
    report({ stage, snapshot, ratio: greatest });
  };
}

/** Joins the reports on several snapshots into one ratio that rises over the whole of a call. */
export function overall(count: number, report: ((progress: Progress) => void) | undefined) {
  const ratios = new Array<number>(count).fill(0);
  return (progress: Progress): void => {
    ratios[progress.snapshot] = Math.max(ratios[progress.snapshot] ?? 0, progress.ratio);
    report?.({ ...progress, ratio: ratios.reduce((sum, each) => sum + each, 0) / count });
  };
}
