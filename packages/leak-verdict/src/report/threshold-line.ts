/** What growth comes to for each request, against the threshold and nothing else. */
export interface ThresholdLine {
  readonly exceeded: boolean;
  readonly bytes_per_request: number;
  readonly words: string;
}

/**
 * The mean growth for a request against the threshold, as the Fluent Bit guide has it. A cache that is still filling exceeds
 * it too: it stands beside a verdict, not in its place. Throws a `RangeError` where no request came.
 */
export function thresholdLine(grown_bytes: number, requests: number, threshold_bytes = 100): ThresholdLine {
  if (!(requests > 0))
    throw new RangeError(`Expected at least one request, got ${requests}. Send some first.`);
  const bytes_per_request = grown_bytes / requests;
  const exceeded = bytes_per_request > threshold_bytes;
  const rate = `${Math.round(bytes_per_request).toLocaleString('en-US')} bytes per request`;
  return { exceeded, bytes_per_request, words: exceeded ? `LEAK DETECTED: ${rate}` : `stable: ${rate}` };
}
