import type { PathStep } from '../../../src/api/contract.ts';

/** From a root down to the object: each holder, and the edge by which it holds the next. */
export function PathChain({ steps }: { readonly steps: readonly PathStep[] }) {
  return (
    <ol class="chain" aria-label="From the root to the object">
      {steps.map((step, i) => (
        <li key={i} class={i === 0 ? 'chain-root' : i === steps.length - 1 ? 'chain-object' : ''}>
          {step.edge !== '' && <span class="edge mono">{step.edge}</span>}
          <span class="box">
            <span class="mono class-name">{step.name}</span>
            <span class="dim">
              @{step.id}
              {step.source !== null && ` ${step.source}`}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
