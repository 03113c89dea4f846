import { computed, signal } from '@preact/signals';
import type { Course, DeathSummary, Diff, LabEvent, Now, SnapshotList } from '../../../src/api/contract.ts';

export type Connection = 'opening' | 'open' | 'lost';

/** The last word of the console; stays when the stream is lost. */
export const now = signal<Now | null>(null);

export const connection = signal<Connection>('opening');

/** Events of the last day, oldest first. */
export const events = signal<readonly LabEvent[]>([]);

/** Newest first. */
export const deaths = signal<readonly DeathSummary[]>([]);

export const snapshots = signal<SnapshotList | null>(null);

/** The labs and the one that runs; `null` before the first word of them. */
export const course = signal<Course | null>(null);

/** How far the comparison in work is, without its rows. */
export const diffProgress = signal<Omit<Diff, 'rows' | 'collections'> | null>(null);

/** Rises when what is shown has to be read again: the stream (re)opened, or fell behind. */
export const generation = signal(0);

/** Something the page itself could not read, in the API's words. */
export const loadFault = signal<string | null>(null);

/** The console's clock, by its last word; 0 before the first. */
export const clock_ms = computed(() => now.value?.time_ms ?? 0);

/** A blind lab says nothing about leaks. */
export const isBlind = computed(() => now.value !== null && now.value.leaks === undefined);
