import { appendFileSync, closeSync, mkdtempSync, readFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { lastLines, openLog, rotateLog, tailOf } from './log-file.ts';

let log: string;
beforeEach(() => {
  log = join(mkdtempSync(join(tmpdir(), 'lab-log-')), 'service.log');
});

describe('a log', () => {
  it('ends in whole lines', () => {
    appendFileSync(log, 'first\nsecond\nthird\n');
    expect(tailOf(log, 10)).toBe('third\n');
    expect(lastLines(log, 2)).toBe('second\nthird');
  });

  it('of one life shows nothing of the life before', () => {
    appendFileSync(log, 'FATAL ERROR: heap\n');
    const start = readFileSync(log).length;
    appendFileSync(log, 'listening\n');
    expect(tailOf(log, 8192, start)).toBe('listening\n');
  });

  it('that grew too long is set aside, and whoever writes it goes on', () => {
    const descriptor = openLog(log);
    writeSync(descriptor, 'a'.repeat(100));
    expect(rotateLog(log, 99)).toBe(true);
    writeSync(descriptor, 'later\n');
    closeSync(descriptor);
    expect(readFileSync(log, 'utf8')).toBe('later\n');
    expect(readFileSync(`${log}.1`, 'utf8')).toHaveLength(100);
    expect(rotateLog(log, 99)).toBe(false);
  });

  it('that is not there is empty', () => expect(tailOf(log)).toBe(''));
});
