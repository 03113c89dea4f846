import { useEffect, useRef, useState } from 'preact/hooks';
import type { RunningLab } from '../../../src/api/contract.ts';
import { changesInWords } from './changes-in-words.ts';

/** What changed, for who does not see it turn green. */
export function SpokenChanges({ running }: { readonly running: RunningLab }) {
  const before = useRef(running);
  const [words, setWords] = useState('');
  useEffect(() => {
    const said = changesInWords(before.current, running);
    before.current = running;
    if (said !== '') setWords(said);
  }, [running]);
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
}
