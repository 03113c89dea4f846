import type uPlot from 'uplot';
import type { Columns } from '../state/series.ts';

/** One line of a panel. */
export interface Line {
  readonly label: string;
  /** The line's values, row by row. */
  readonly values: (columns: Columns) => readonly (number | null)[];
  /** Name of the colour in the style sheet. */
  readonly colour: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** The area under it. */
  readonly filled?: boolean;
  /** Held until the next reading, as what is known only now and then. */
  readonly stepped?: boolean;
  /** Named in the readout, not drawn. */
  readonly hidden?: boolean;
}

/** One chart on the common time axis. */
export interface PanelSpec {
  readonly title: string;
  readonly height_px: number;
  readonly lines: readonly Line[];
  /** A value as the axis and the readout say it. */
  readonly format: (value: number) => string;
  /** A value at the axis, where its ticks are rounder than any reading. */
  readonly formatTick?: (value: number) => string;
  /** Steps between the axis's ticks, smallest first; decimal ones by default. */
  readonly steps?: readonly number[];
  /** The top of the axis for the greatest value seen; a tenth above it by default. */
  readonly top?: (greatest: number, columns: Columns) => number;
  /** At least so much, so that a flat line at nothing is not blown up. */
  readonly leastTop: number;
  /** Below nothing is possible: a change can fall. */
  readonly negative?: boolean;
  /** Drawn over the lines, in the panel's own scales. */
  readonly draw?: (chart: uPlot, columns: Columns) => void;
}
