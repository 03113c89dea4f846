import type { ItemState } from '../../../src/api/contract.ts';

const signs: Readonly<Record<ItemState, string>> = {
  ok: '✔',
  wrong: '✘',
  waiting: '…',
  open: '○',
  kept: '•',
};

/** How an item is, as a sign; words say the same beside it. */
export function Sign({ state }: { readonly state: ItemState }) {
  return (
    <span class={`sign sign-${state}`} aria-hidden="true">
      {signs[state]}
    </span>
  );
}
