import type { ComponentChildren } from 'preact';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Beside the value, smaller. */
  readonly unit?: string | undefined;
  /** Below it. */
  readonly children?: ComponentChildren;
  readonly tone?: 'near' | 'down' | undefined;
}

/** One number that matters, large. */
export function Figure({ label, value, unit, children, tone }: Props) {
  return (
    <div class={`figure ${tone ?? ''}`}>
      <dt>{label}</dt>
      <dd>
        <span class="figure-value">{value}</span>
        {unit !== undefined && <span class="figure-unit">{unit}</span>}
        <span class="figure-more">{children}</span>
      </dd>
    </div>
  );
}
