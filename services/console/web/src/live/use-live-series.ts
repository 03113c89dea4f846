import { useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { clock_ms, generation, now } from '../state/store.ts';
import { joinSample, readSeries, rereadEvery_ms, window_seconds, zoomed } from './live-series.ts';

/** Keeps the live series read and joined by each second, while the component is shown. */
export function useLiveSeries(): void {
  const range = zoomed.value;
  const window = window_seconds.value;
  const turn = generation.value;
  const known = now.value !== null;
  useEffect(() => {
    // The console's own clock says what "the last minutes" are.
    if (!known) return;
    const asked = new AbortController();
    void readSeries(asked.signal);
    const every_ms = rereadEvery_ms(range, window, clock_ms.peek());
    const timer = every_ms === null ? undefined : setInterval(() => void readSeries(asked.signal), every_ms);
    return () => {
      asked.abort();
      clearInterval(timer);
    };
  }, [range?.from_ms, range?.to_ms, window, turn, known]);
  useSignalEffect(joinSample);
}
