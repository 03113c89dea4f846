import { catalogue } from '../../services/leaky-service/src/leaks/catalogue.ts';
import type { LeakMemory, LeakUnit } from '../../services/leaky-service/src/leaks/leak.ts';

/** What is put before the verdict: a leak, its fixed twin, a control, or the service with nothing on. */
export interface Subject {
  /** `cache`, `cache fixed`, `churn`, `idle`. */
  readonly name: string;
  /** Of the catalogue; `undefined` with nothing on. */
  readonly id: string | undefined;
  readonly kind: 'leak' | 'twin' | 'control' | 'idle';
  readonly unit: LeakUnit;
  readonly memory: LeakMemory;
}

const idle: Subject = { name: 'idle', id: undefined, kind: 'idle', unit: 'request', memory: 'heap' };

/** All of them: each leak of the catalogue leaky and fixed, the controls, and nothing on. */
export const subjects: readonly Subject[] = [
  ...catalogue.flatMap(({ id, unit, memory, control }): Subject[] => {
    if (control) return [{ name: id, id, kind: 'control', unit, memory }];
    const of = { id, unit, memory };
    return [
      { name: id, kind: 'leak', ...of },
      { name: `${id} fixed`, kind: 'twin', ...of },
    ];
  }),
  idle,
];

/** Those that must never be called a leak though some look like one. */
export const harmless: readonly Subject[] = subjects.filter(
  ({ kind }) => kind === 'control' || kind === 'idle',
);
