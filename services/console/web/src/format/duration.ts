import { gap } from './bytes.ts';

/** Seconds as a person reads them: "0.8 s", "42 s", "3 min 05 s", "2 h 10 min", "3 d 4 h". */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${(seconds * 1000).toFixed(seconds < 0.00995 ? 1 : 0)}${gap}ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)}${gap}s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole}${gap}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${gap}min ${two(whole % 60)}${gap}s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}${gap}h ${two(minutes % 60)}${gap}min`;
  return `${Math.floor(minutes / 1440)}${gap}d ${Math.floor((minutes % 1440) / 60)}${gap}h`;
}

/** How long since, in whole seconds, never below zero. */
export function formatSince(now_ms: number, since_ms: number): string {
  const seconds = Math.max(0, Math.round((now_ms - since_ms) / 1000));
  return seconds < 10 ? `${seconds}${gap}s` : formatSeconds(seconds);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
