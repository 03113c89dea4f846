import type { Feature, FeatureOptions } from '../features/feature.ts';

export type LeakUnit = 'request' | 'event' | 'connection' | 'time';
export type LeakMemory = 'heap' | 'external' | 'sockets' | 'remote';
export type Variant = 'leaky' | 'fixed';
export type Preset = 'default' | 'field';

/** One line of the catalogue. */
export interface Leak {
  /** The URL's segment and the metric's label. */
  readonly id: string;
  /** What an operator sees; never the cause. */
  readonly symptom: string;
  /** What it grows by. */
  readonly unit: LeakUnit;
  readonly memory: LeakMemory;
  /** Looks like a leak and is none. */
  readonly control: boolean;
  /** What is kept for each unit, bytes: as usual and, where it was measured, in the case it was taken from. */
  readonly presets: { readonly default: number; readonly field?: number };
  create(options: FeatureOptions): Feature;
  createFixed(options: FeatureOptions): Feature;
}
