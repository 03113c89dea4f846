import type { Drive } from '@leak-lab/workload';
import type { Feature, FeatureOptions } from '../features/feature.ts';

export type LeakUnit = 'request' | 'event' | 'connection' | 'time';
export type LeakMemory = 'heap' | 'external' | 'sockets' | 'remote';
/** The feature with its flaw, without it, or as the learner wrote it. */
export type Variant = 'leaky' | 'fixed' | 'learner';
export type Preset = 'default' | 'field' | 'fast';

/** How much is kept, and how often. */
export interface Amount {
  /** What is kept for each unit. */
  readonly bytes: number;
  /** One request in so many makes a unit; every one where it is not said. */
  readonly one_in?: number;
}

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
  /** As usual; where it was measured, as in the case it was taken from; where that takes hours, so that it ends in minutes. */
  readonly presets: Readonly<{ default: Amount } & Partial<Record<Preset, Amount>>>;
  /** The least that a unit can weigh; 512 where it is not said. */
  readonly least_bytes?: number;
  /** The request that it grows by: what a load must send. Only requests of this route are on its path. */
  readonly drive: Drive;
  /** What it cannot do without, beside the service itself. */
  readonly needs?: 'valkey';
  create(options: FeatureOptions): Feature;
  createFixed(options: FeatureOptions): Feature;
}
