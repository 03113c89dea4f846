import type { LeakState } from '../../src/api/contract.ts';

/** What the scripted service does. */
export interface Behaviour {
  /** `away`: nobody listens, and the process lives. */
  mode: 'well' | 'hangs' | 'nonsense' | 'away';
  limit_bytes: number;
  usage_bytes: number;
  usage_bytes_per_request: number;
  requests_per_sample: number;
  /** Without it the lab is blind. */
  leaks: readonly LeakState[] | null;
  sampling: { since: string; recording: boolean };
  lines: readonly {
    location: string;
    file: string;
    line: number;
    function: string;
    size_bytes: number;
    count: number;
  }[];
  fits: boolean;
  /** Each snapshot is the last one's file again, which takes no time. */
  repeats: boolean;
}
