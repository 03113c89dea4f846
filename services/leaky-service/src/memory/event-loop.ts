import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** How late the event loop was since the reading before, and which share of the time it worked. */
export interface EventLoopReading {
  readonly delay_p50_seconds: number;
  readonly delay_p99_seconds: number;
  /** 0 to 1. */
  readonly utilization: number;
}

const resolution_ms = 20;
/** Two readers within this time see the same span, not two shreds of it. */
const shortestSpan_ms = 500;

/** Makes the reader of the event loop's delay; a timer each 20 ms is what it costs. */
export function eventLoopReader(): { read(): EventLoopReading; stop(): void } {
  const delays = monitorEventLoopDelay({ resolution: resolution_ms });
  delays.enable();
  let since: { utilization: EventLoopUtilization; at_ms: number } = {
    utilization: performance.eventLoopUtilization(),
    at_ms: performance.now(),
  };
  let last: EventLoopReading | undefined;

  return {
    read() {
      const now_ms = performance.now();
      if (last && now_ms - since.at_ms < shortestSpan_ms) return last;
      const utilization = performance.eventLoopUtilization();
      last = {
        delay_p50_seconds: lateness(delays.percentile(50)),
        delay_p99_seconds: lateness(delays.percentile(99)),
        utilization: performance.eventLoopUtilization(utilization, since.utilization).utilization,
      };
      delays.reset();
      since = { utilization, at_ms: now_ms };
      return last;
    },
    stop: () => {
      delays.disable();
    },
  };
}

/** What is recorded is the time from one firing of the timer to the next, nanoseconds; before the first, 0. */
function lateness(interval_ns: number): number {
  return Math.max(0, interval_ns - resolution_ms * 1e6) / 1e9;
}
