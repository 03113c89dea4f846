import { LabError } from '../lab-error.ts';

export const mebibyte_bytes = 1024 ** 2;

const unit_bytes: Readonly<Record<string, number>> = { b: 1, k: 1024, m: mebibyte_bytes, g: 1024 ** 3 };

/** Bytes as a person reads them: "12.3 MB", with MB = 2^20 as everywhere in the lab. */
export function formatMegabytes(bytes: number): string {
  const megabytes = bytes / mebibyte_bytes;
  return `${megabytes < 100 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}

/**
 * Reads a size as Docker writes it: "256m", "1g", "262144k", or bytes without a unit.
 * Throws a `LabError` that names `setting` when it is none.
 */
export function parseBytes(text: string, setting: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([bkmg]?)b?$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(digits) * (unit_bytes[unit.toLowerCase() || 'b'] ?? Number.NaN));
  if (digits === '' || !Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new LabError({
      problem: `${setting} is not a size.`,
      expected: 'a number with a unit, as 256m or 1g',
      came: JSON.stringify(text),
      advice: `change ${setting} in .env or in the environment`,
    });
  }
  return bytes;
}
