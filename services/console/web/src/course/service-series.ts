import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SampleSeries } from '../../../src/api/contract.ts';
import { ApiError, get, withQuery } from '../api/client.ts';
import { noSeries } from '../live/live-series.ts';
import type { Range } from '../route/route.ts';
import { withBreaks } from '../state/series.ts';

/** The stream brings the first service's samples alone. */
const again_ms = 2_000;
const points = 600;

/** What is recorded of a service beside the first in `range`, read again and again while it is shown. */
export function useServiceSeries(service: string, range: { peek(): Range }) {
  const series = useSignal(noSeries);
  const columns = useComputed(() => withBreaks(series.value));
  useEffect(() => {
    const asked = new AbortController();
    const read = async () => {
      const { from_ms, to_ms } = range.peek();
      if (to_ms === 0) return;
      const query = { service, from: from_ms, to: Math.max(to_ms, from_ms + 1000), points };
      try {
        series.value = await get<SampleSeries>(withQuery('/api/samples', query), asked.signal);
      } catch (fault) {
        // Until the lab has it there is nothing to draw; what was drawn stays.
        if (!asked.signal.aborted && !(fault instanceof ApiError)) throw fault;
      }
    };
    void read();
    const timer = setInterval(() => void read(), again_ms);
    return () => {
      asked.abort();
      clearInterval(timer);
    };
  }, [service, range, series]);
  return { series, columns };
}
