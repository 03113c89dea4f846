import { useState } from 'preact/hooks';
import type { PathStep } from '../../../src/api/contract.ts';
import { foldChain } from './fold-chain.ts';

/** From a root down to the object: each holder, and the edge by which it holds the next. */
export function PathChain({ steps }: { readonly steps: readonly PathStep[] }) {
  const [whole, setWhole] = useState(false);
  const { root, folded, near } = foldChain(steps);
  const step = (one: PathStep, i: number) => (
    <Step key={i} step={one} place={one === steps[0] ? 'root' : one === steps.at(-1) ? 'object' : ''} />
  );
  return (
    <ol class="chain" aria-label="From the root to the object">
      {root.map(step)}
      {whole && folded.map(step)}
      {!whole && folded.length > 0 && (
        <li class="chain-folded">
          <button type="button" class="small" onClick={() => setWhole(true)}>
            {folded.length} more steps
          </button>
        </li>
      )}
      {near.map(step)}
    </ol>
  );
}

function Step({ step, place }: { readonly step: PathStep; readonly place: 'root' | 'object' | '' }) {
  return (
    <li class={place && `chain-${place}`}>
      {step.edge !== '' && <span class="edge mono">{step.edge}</span>}
      <span class="box">
        <span class="mono class-name">{step.name}</span>
        <span class="dim">
          @{step.id}
          {step.source !== null && ` ${step.source}`}
        </span>
      </span>
    </li>
  );
}
