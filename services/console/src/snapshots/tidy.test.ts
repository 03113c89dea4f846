import { existsSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../store/store.ts';
import { Warnings } from '../warnings.ts';
import { Shelf } from './shelf.ts';
import { tidy } from './tidy.ts';

const logger = pino({ level: 'silent' });

/** A folder with a half file, and what is left of it after the console tidied it. */
function staysAfterTidying(written_s_ago: number, started_s_ago: number | null): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'tidy-'));
  const warnings = new Warnings(logger);
  const store = openStore(folder, warnings, logger);
  onTestFinished(() => store.close());
  const half = join(folder, '.one.heapsnapshot.partial');
  writeFileSync(half, '{');
  const now_s = Date.now() / 1000;
  utimesSync(half, now_s - written_s_ago, now_s - written_s_ago);
  const started_at_ms = started_s_ago === null ? null : (now_s - started_s_ago) * 1000;
  tidy(new Shelf(folder, store, () => undefined), warnings, { pid: 7, started_at_ms });
  return existsSync(half);
}

it('a half file stays while the process that runs may be writing it, though the console has just met it', () =>
  expect(staysAfterTidying(0.2, 1)).toBe(true));
it('a half file of a process that is gone goes', () => expect(staysAfterTidying(5, 1)).toBe(false));
it('while it is not known which process runs, it goes when nobody wrote it for a minute', () => {
  expect(staysAfterTidying(5, null)).toBe(true);
  expect(staysAfterTidying(70, null)).toBe(false);
});
