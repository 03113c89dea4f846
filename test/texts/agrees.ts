import { mask } from './mask.ts';

/** Alone in a line it skips lines; within one it stands for any words. */
const skip = '…';

/**
 * The index of the first shown line that the real output does not bear out, in order, or `undefined` where it agrees.
 * `open`: the real one may go on after what is shown, as that of a command that still runs.
 */
export function firstDisagreement(
  shown: readonly string[],
  real: readonly string[],
  { open = false } = {},
): number | undefined {
  const wanted = shown.map((line) => (line.trim() === skip ? undefined : patternOf(line)));
  const came = withoutBlankEnds(real).map(mask);
  let at = 0;
  let index = 0;
  let anchored = true;
  while (index < wanted.length) {
    if (wanted[index] === undefined) {
      anchored = false;
      index += 1;
      continue;
    }
    const end = endOfChunk(wanted, index);
    const chunk = wanted.slice(index, end) as RegExp[];
    const atEnd = end === wanted.length && !open;
    const found = placeOf(chunk, came, anchored ? [at] : placesFrom(at, came.length, atEnd && chunk.length));
    if (found.matched < chunk.length) return index + found.matched;
    at = found.place + chunk.length;
    if (atEnd && at < came.length) return shown.length - 1;
    index = end;
    anchored = true;
  }
  return anchored && !open && at < came.length ? Math.max(0, shown.length - 1) : undefined;
}

/** Where a run of lines stands; else the place where most of it does. */
function placeOf(chunk: readonly RegExp[], came: readonly string[], places: readonly number[]) {
  let best = { place: places[0] ?? 0, matched: 0 };
  for (const place of places) {
    const wrong = chunk.findIndex((pattern, offset) => !pattern.test(came[place + offset] ?? '\0'));
    const matched = wrong === -1 ? chunk.length : wrong;
    if (matched > best.matched) best = { place, matched };
    if (matched === chunk.length) break;
  }
  return best;
}

/** The last run of a text stands at the end of the output, where that is its end. */
function placesFrom(at: number, length: number, last: number | false): number[] {
  if (last !== false) return [Math.max(at, length - last)];
  return Array.from({ length: Math.max(0, length - at) }, (_, offset) => at + offset);
}

function endOfChunk(wanted: readonly (RegExp | undefined)[], from: number): number {
  const end = wanted.indexOf(undefined, from);
  return end === -1 ? wanted.length : end;
}

function patternOf(line: string): RegExp {
  const parts = line.split(skip).map(mask).map(RegExp.escape);
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}
