import type { LabEvent } from '../../../src/api/contract.ts';
import { markKind } from '../charts/mark-kinds.ts';
import { MarkShape } from '../charts/mark-shape.tsx';
import { formatTime } from '../format/clock.ts';
import { Empty } from '../parts/empty.tsx';
import { formatRoute } from '../route/route.ts';

interface Props {
  readonly events: readonly LabEvent[];
  /** At most so many, the newest. */
  readonly most?: number;
  /** Said where there are none. */
  readonly none?: string;
}

/** What happened, newest first; each leads to its place on the time axis. */
export function EventList({ events, most = 40, none = 'Nothing has happened yet.' }: Props) {
  if (events.length === 0) return <Empty>{none}</Empty>;
  return (
    <ol class="events">
      {events
        .slice(-most)
        .toReversed()
        .map((event) => (
          <li key={event.id}>
            <a href={formatRoute(placeOf(event))}>
              <time>{formatTime(event.time_ms)}</time>
              <MarkShape kind={event.kind} />
              <span>{event.title || markKind(event.kind)?.word || event.kind}</span>
            </a>
          </li>
        ))}
    </ol>
  );
}

function placeOf({ time_ms }: LabEvent) {
  const range = { from_ms: time_ms - 60_000, to_ms: time_ms + 30_000 };
  return { page: 'live', range, window_seconds: 300 } as const;
}
