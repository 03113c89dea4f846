import { ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Colour } from './palette.ts';

/** From this value on, this colour; the first has no value and holds for all below. */
export interface Step {
  readonly from: number | null;
  readonly colour: Colour | 'transparent';
}

export function thresholds(steps: readonly Step[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(({ from, colour }) => ({ value: from, color: colour })));
}
