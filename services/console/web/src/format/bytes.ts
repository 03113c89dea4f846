/** A no-break space: a number and its unit stay on one line. */
export const gap = '\u00a0';

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes as a person reads them, three digits that count: "812 B", "16.2 KB", "182 MB" (1 KB is 1,024 bytes, as everywhere in the lab). */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(bytes) || 1) / 10)));
  // 1,023.9 KB would round to "1024 KB".
  const rounded = Math.abs(bytes) / 1024 ** power >= 999.5 && power < units.length - 1 ? power + 1 : power;
  const value = bytes / 1024 ** rounded;
  const digits = rounded === 0 || Math.abs(value) >= 99.95 ? 0 : 1;
  return `${minus(value.toFixed(digits))}${gap}${units[rounded]}`;
}

/** A change in bytes, with its sign: "+4.1 MB", "−312 KB", "0 B". */
export function formatBytesDelta(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/** Megabytes without the unit, to a tenth below a hundred: for where "of 256 MB" follows. */
export function megabytes(bytes: number): string {
  const value = bytes / 1024 ** 2;
  return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

function minus(text: string): string {
  return text.startsWith('-') ? (Number(text) === 0 ? text.slice(1) : `\u2212${text.slice(1)}`) : text;
}
