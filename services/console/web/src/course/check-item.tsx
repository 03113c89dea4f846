import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ItemState, LabItem } from '../../../src/api/contract.ts';
import { AnswerForm } from './answer-form.tsx';
import { Sign } from './sign.tsx';

export const stateWords: Readonly<Record<ItemState, string>> = {
  ok: 'done',
  wrong: 'not right',
  waiting: 'cannot be judged yet',
  open: 'open',
  kept: 'kept',
};

/** One thing that is asked: what the lab saw of it, and what it expected. */
export function CheckItem({ item }: { readonly item: LabItem }) {
  const { key, kind, ask, state, given, saw, expected } = item;
  const place = useRef<HTMLLIElement>(null);
  const hadFocus = useRef(false);
  // The box goes when its answer is right: the keys stay where they were, before another one is pressed.
  useLayoutEffect(() => {
    if (state === 'ok' && hadFocus.current) place.current?.focus();
  }, [state]);
  hadFocus.current = place.current?.contains(document.activeElement) ?? false;
  const asked = kind === 'question' && state !== 'ok';
  return (
    <li class={`check check-${state}`} ref={place} tabIndex={-1}>
      <Sign state={state} />
      <div class="check-body">
        <p class="check-ask" id={`ask-${key}`}>
          {ask} <span class="unseen">({stateWords[state]})</span>
          {kind === 'question' && <code class="check-key">{key}</code>}
        </p>
        {asked && <AnswerForm item={item} />}
        {!asked && given !== null && <p class="check-given">{given}</p>}
        <p class="check-saw" id={`saw-${key}`}>
          {state === 'waiting' && kind === 'question' && given !== null && `“${given}” waits: `}
          {saw}
        </p>
        {state !== 'ok' && expected !== null && <p class="check-expected">Expected: {expected}</p>}
      </div>
    </li>
  );
}
