import { LabError } from '../lab-error.ts';

const unit_seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/**
 * Reads a duration as k6 writes it: "90s", "5m", "1h30m", "500ms"; a bare number is seconds.
 * Throws a `LabError` that names `setting` when it is none.
 */
export function parseSeconds(text: string, setting: string): number {
  const whole = text.trim();
  const parts = [...whole.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const read = parts.map((part) => part[0]).join('');
  const seconds =
    read === whole
      ? parts.reduce((sum, part) => sum + Number(part[1]) * (unit_seconds[part[2] ?? ''] ?? 0), 0)
      : Number(whole);
  if (whole === '' || !Number.isFinite(seconds) || seconds <= 0) {
    throw new LabError({
      problem: `${setting} is not a duration.`,
      expected: 'a time above 0, as 60s, 5m or 1h30m',
      came: JSON.stringify(text),
      advice: `${setting} 60s`,
    });
  }
  return seconds;
}

/** Seconds as a person reads them: "0.8 s", "42 s", "3 min 05 s", "2 h 10 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}
