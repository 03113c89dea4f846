import { formatTime } from '../format/clock.ts';
import { formatSince } from '../format/duration.ts';
import { Choice } from '../parts/choice.tsx';
import { go } from '../route/navigation.ts';
import { windows_seconds } from '../route/route.ts';
import { seriesFault, window_seconds, zoomed } from './live-series.ts';

const words: Readonly<Record<number, string>> = {
  60: '1 min',
  300: '5 min',
  900: '15 min',
  3600: '1 h',
  86400: '24 h',
};

/** Which span is shown, and the way back to now. */
export function RangeBar() {
  const range = zoomed.value;
  return (
    <div class="range-bar">
      <h2>Recorded each second</h2>
      {range !== null && (
        <p class="zoomed">
          {formatTime(range.from_ms)} – {formatTime(range.to_ms)} ({formatSince(range.to_ms, range.from_ms)})
        </p>
      )}
      {seriesFault.value !== null && <p class="note note-fault">{seriesFault.value}</p>}
      <div class="range-choices">
        {range !== null && (
          <button
            type="button"
            class="live-button"
            onClick={() => go({ page: 'live', range: null, window_seconds: window_seconds.value })}
          >
            Live
          </button>
        )}
        <Choice
          label="Span shown"
          options={windows_seconds.map((value) => ({ value, text: words[value] ?? `${value} s` }))}
          chosen={range === null ? window_seconds.value : undefined}
          choose={(value) => go({ page: 'live', range: null, window_seconds: value })}
        />
      </div>
    </div>
  );
}
