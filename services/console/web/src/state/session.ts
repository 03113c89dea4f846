import { batch } from '@preact/signals';
import type { Course, DeathSummary, LabEvent, SnapshotList } from '../../../src/api/contract.ts';
import { ApiError, get, withQuery } from '../api/client.ts';
import { followStream } from '../api/stream.ts';
import { merged, withItem } from './lists.ts';
import * as store from './store.ts';

const day_ms = 86_400_000;

/** Opens the stream, and reads what it does not repeat each time it opens or falls behind. */
export function startSession(): void {
  followStream('/api/stream', {
    now: (now) => {
      store.now.value = now;
    },
    event: (event) => {
      store.events.value = merged(store.events.value, [event]);
    },
    death: (death) => {
      store.deaths.value = newestFirst(withItem(store.deaths.value, death));
    },
    snapshots: (list) => {
      store.snapshots.value = list;
    },
    diff: (diff) => {
      store.diffProgress.value = diff;
    },
    course: (course) => {
      store.course.value = course;
    },
    behind: readAgain,
    opened: () => {
      store.connection.value = 'open';
      readAgain();
    },
    lost: () => {
      store.connection.value = 'lost';
    },
  });
}

function readAgain(): void {
  store.generation.value += 1;
  void readLists();
}

async function readLists(): Promise<void> {
  const to = (store.now.value?.time_ms ?? Date.now()) + 60_000;
  try {
    const [events, deaths, snapshots, course] = await Promise.all([
      get<readonly LabEvent[] | { readonly events: readonly LabEvent[] }>(
        withQuery('/api/events', { from: to - day_ms, to }),
      ),
      get<{ readonly deaths: readonly DeathSummary[] }>('/api/deaths'),
      get<SnapshotList>('/api/snapshots'),
      get<Course>('/api/course'),
    ]);
    batch(() => {
      store.events.value = merged(store.events.value, 'events' in events ? events.events : events);
      store.deaths.value = newestFirst(deaths.deaths);
      store.snapshots.value = snapshots;
      store.course.value = course;
      store.loadFault.value = null;
    });
  } catch (fault) {
    if (!(fault instanceof ApiError)) throw fault;
    // A stream that is lost says so already.
    if (store.connection.value === 'open') store.loadFault.value = fault.message;
  }
}

function newestFirst(deaths: readonly DeathSummary[]): readonly DeathSummary[] {
  return deaths.toSorted((a, b) => b.time_ms - a.time_ms || b.id - a.id);
}
