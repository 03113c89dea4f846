/** What one check found. */
export interface Finding {
  readonly what: string;
  /** `limited`: the lab works, with less. */
  readonly verdict: 'ok' | 'limited' | 'not ok';
  readonly found: string;
  /** What to do, unless all is well. */
  readonly advice?: string;
}
