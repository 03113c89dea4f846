const steps = [
  { unit: 'GB', bytes: 1e9 },
  { unit: 'MB', bytes: 1e6 },
  { unit: 'kB', bytes: 1e3 },
] as const;

/** Bytes for people, in powers of a thousand as DevTools writes them: `999 B`, `12.3 MB`. */
export function formatBytes(bytes: number): string {
  const step = steps.find((candidate) => Math.abs(bytes) >= candidate.bytes);
  if (!step) return `${bytes} B`;
  const scaled = bytes / step.bytes;
  return `${scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0)} ${step.unit}`;
}

/** A change in bytes, its sign shown; `0 B` for none. */
export function formatBytesDelta(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/** A count with thousands apart: `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** A count of things: `1 object`, `12,345 objects`. */
export function counted(count: number, thing: string): string {
  return `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** A change in a count, its sign shown; `0` for none. */
export function formatCountDelta(count: number): string {
  return count > 0 ? `+${formatCount(count)}` : formatCount(count);
}

/** A share from 0 to 1: `98.7 %`. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
