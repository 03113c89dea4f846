import type { Unit } from '../samples/sample.ts';

const steps = ['B', 'KB', 'MB', 'GB'];

/** Bytes to three figures in the largest unit that fits, by 1024: `2.05 KB`. */
export function bytesOf(bytes: number): string {
  const size = Math.abs(bytes);
  const step = size < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log2(size) / 10));
  const value = bytes / 1024 ** step;
  const places =
    step === 0 && size >= 10 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, Math.abs(value)))));
  return `${Number(value.toFixed(places))} ${steps[step]}`;
}

/** `12,345`; below ten one place. */
export function numberOf(value: number): string {
  const digits = Math.abs(value) < 10 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** `1 request`, `4,000 requests`. */
export function amountOf(amount: number, unit: Unit): string {
  const number = numberOf(amount);
  return `${number} ${unit}${number === '1' ? '' : 's'}`;
}

/** `45 s`, `12 min`, `3.5 h`, `2.1 days`. */
export function durationOf(seconds: number): string {
  if (seconds < 100) return `${numberOf(seconds)} s`;
  if (seconds < 6_000) return `${numberOf(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${numberOf(seconds / 3_600)} h`;
  return `${numberOf(seconds / 86_400)} days`;
}
