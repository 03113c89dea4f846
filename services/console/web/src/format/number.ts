const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** "12,435". */
export function formatCount(value: number): string {
  return whole.format(value).replace('-', '\u2212');
}

/** "+3,412", "−12", "0". */
export function formatCountDelta(value: number): string {
  return value > 0 ? `+${formatCount(value)}` : formatCount(value);
}

/** A rate a second, three digits that count: "0.42", "4.2", "198". */
export function formatRate(value: number): string {
  if (value >= 9_999.5) return compact.format(value);
  if (value >= 99.95 || Number.isInteger(value)) return whole.format(value);
  return value.toFixed(value >= 9.95 ? 0 : value >= 0.995 ? 1 : 2);
}

/** A part of one: "42 %", "3.4 %". */
export function formatShare(ratio: number): string {
  const percent = ratio * 100;
  const digits = percent === 0 || percent >= 9.95 ? 0 : 1;
  return `${percent.toFixed(digits)}\u00a0%`;
}

/** A count that is only about right: "1.8M", "620K". */
export function formatAbout(value: number): string {
  return compact.format(Number(value.toPrecision(2)));
}
