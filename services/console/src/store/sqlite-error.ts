/** What a failed statement means for the record. */
export type Fault = 'full' | 'unwritable' | 'corrupt' | 'busy' | 'other';

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html); the extended ones carry them in their low byte. */
const faultOfCode: Readonly<Record<number, Fault>> = {
  5: 'busy',
  8: 'unwritable',
  10: 'unwritable',
  11: 'corrupt',
  13: 'full',
  14: 'unwritable',
  26: 'corrupt',
};

const faultOfSystem: Readonly<Record<string, Fault>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'unwritable',
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EIO: 'unwritable',
};

/** Sorts an error of `node:sqlite` or of the file system. */
export function faultOf(error: unknown): Fault {
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown };
  if (typeof errcode === 'number') return faultOfCode[errcode & 0xff] ?? 'other';
  return (typeof code === 'string' ? faultOfSystem[code] : undefined) ?? 'other';
}
