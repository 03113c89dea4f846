import { markKind } from './mark-kinds.ts';

/** The shape of an event's kind, as on the time axis. */
export function MarkShape({ kind }: { readonly kind: string }) {
  const known = markKind(kind);
  if (known === undefined) return null;
  const filled = known.shape.endsWith('Z');
  return (
    <svg class="mark-shape" viewBox="0 0 12 12" aria-hidden="true">
      <path
        d={known.shape}
        fill={filled ? `var(--${known.colour})` : 'none'}
        stroke={`var(--${known.colour})`}
        stroke-width={filled ? 1 : 2.2}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
