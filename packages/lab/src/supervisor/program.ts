import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import type { Environment } from '../settings.ts';

export type ProgramName = 'service' | 'upstream' | 'console' | 'valkey' | PatientName;

/** The services that a lab may have beside the first. */
export const patientNames = ['patient-b', 'patient-c'] as const;
export type PatientName = (typeof patientNames)[number];

/** A program the supervisor keeps running. */
export interface Program {
  readonly name: ProgramName;
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  readonly log: string;
  /** `undefined`: it may take what it needs. */
  readonly limit: MemoryLimit | undefined;
  /** What it may take now; a limit can be raised for a while. */
  readonly limit_bytes: () => number | undefined;
  /** Whether it answers now. */
  readonly isReady: () => Promise<boolean>;
}
