import type { LabItem, RunningLab } from '../../../src/api/contract.ts';

/** What a listener has to hear of a lab that changed: states that are others now, what was seen, that it is passed. */
export function changesInWords(before: RunningLab, after: RunningLab): string {
  if (before.id !== after.id || before.started_at_ms !== after.started_at_ms) {
    const { number, of, call } = after.part;
    return (
      after.notice ?? (number > 1 ? `Part ${number} of ${of} begins: ${call}` : `Lab ${after.id} begins.`)
    );
  }
  const known = new Map(before.items.map((item) => [item.key, item]));
  const changed = after.items.filter((item) => isNews(known.get(item.key), item)).map(inWords);
  if (changed.length === 0) return '';
  const done = after.items.filter(({ state }) => state === 'ok').length;
  const standing = after.passed ? 'The lab is passed.' : `${done} of ${after.items.length} done.`;
  return [...changed, standing].join(' ');
}

function isNews(before: LabItem | undefined, { state, given }: LabItem): boolean {
  return before !== undefined && (before.state !== state || (given !== before.given && state !== 'open'));
}

function inWords({ ask, state, saw }: LabItem): string {
  const word = {
    ok: 'Done',
    wrong: 'Not right',
    waiting: 'Cannot be judged yet',
    open: 'Open again',
    kept: 'Kept',
  }[state];
  return `${word}: ${ask}${saw === null ? '' : ` ${saw}`}${saw?.endsWith('.') || saw === null ? '' : '.'}`;
}
