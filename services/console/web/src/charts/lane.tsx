import { useEffect, useRef, useState } from 'preact/hooks';
import { formatTime } from '../format/clock.ts';
import type { ChartGroup } from './chart-group.ts';
import { markKind } from './mark-kinds.ts';
import { type LaneMark, laneMarks } from './mark-lane.ts';
import { MarkShape } from './mark-shape.tsx';

const aside_ms = 30_000;

/** The events above the charts, each where it happened; pressed, the charts show the minute around it. */
export function Lane({ group }: { readonly group: ChartGroup }) {
  const place = useRef<HTMLDivElement>(null);
  const [width_px, setWidth] = useState(800);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const marks = laneMarks(group.marks.value, group.range.value, width_px);
  return (
    <div class="lane" ref={place}>
      {marks.map((mark) => (
        <MarkButton key={mark.shown.id} mark={mark} group={group} />
      ))}
    </div>
  );
}

function MarkButton({ mark, group }: { readonly mark: LaneMark; readonly group: ChartGroup }) {
  const { shown, events, place } = mark;
  const words = events.map(({ id, time_ms, title, kind }) => ({
    id,
    time: formatTime(time_ms),
    text: title || (markKind(kind)?.word ?? kind),
  }));
  return (
    <button
      type="button"
      class={`mark ${place > 0.7 ? 'mark-late' : ''}`}
      style={{ left: `${place * 100}%` }}
      onClick={() => group.zoom({ from_ms: shown.time_ms - aside_ms, to_ms: shown.time_ms + aside_ms })}
    >
      <MarkShape kind={shown.kind} />
      {events.length > 1 && (
        <span class="mark-count" aria-hidden="true">
          {events.length}
        </span>
      )}
      <span class="mark-words">
        {words.map(({ id, time, text }) => (
          <span key={id}>
            <time>{time}</time> {text}
          </span>
        ))}
      </span>
    </button>
  );
}
