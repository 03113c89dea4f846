import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Death } from '../state/deaths.ts';
import { openStateDirectory } from '../state/state-directory.ts';
import { couldNotStartInWords } from './could-not-start.ts';

const folder = mkdtempSync(join(tmpdir(), 'could-not-start-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a service beside the first that does not start is told with its last words', () => {
  const directory = openStateDirectory(folder);
  const taken = 'leaky-service: Port 127.0.0.1:8180 is taken. End what listens there, or set PORT.';
  writeFileSync(directory.log('patient-b'), `of an earlier life\n${taken}\n`);
  const death = { program: 'patient-b', exit_status: 1 } as Death;
  const words = couldNotStartInWords(death, directory);
  expect(words).toContain('patient-b ended three times');
  expect(words).toContain(`exit 1: ${taken}`);
  expect(words).toContain('./lab logs patient-b');
  expect(words).not.toContain('earlier');
});
