import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { reasonOf } from '../lab-error.ts';
import { refused } from './refused.ts';
import { reportFormat, type StressReport } from './report.ts';

const most_bytes = 64 * 2 ** 20;

/** The report that was kept before a fix. Throws a `LabError` where the file is none. */
export function readReport(file: string): StressReport {
  const bad = (came: string) =>
    refused({
      problem: `${file} cannot be compared with.`,
      expected: 'what ./lab stress --json has printed',
      came,
      advice: './lab stress --json > before.json, fix the leak, ./lab stress --compare before.json',
    });
  let report: StressReport;
  try {
    if (statSync(file).size > most_bytes) throw bad('a file far too large to be one');
    report = JSON.parse(readFileSync(file, 'utf8')) as StressReport;
  } catch (thrown) {
    throw bad(reasonOf(thrown));
  }
  if (report?.format !== reportFormat) throw bad('JSON of something else');
  const rate = report.verdict?.bytes_per_request;
  const isRate = rate === null || [rate?.low, rate?.value, rate?.high].every(Number.isFinite);
  if (report.version !== 1 || typeof report.verdict?.finding !== 'string' || !isRate) {
    throw bad('a report that is broken, or of another version');
  }
  return report;
}

/** Tells before the measurement whether a report can be written there; `advice` is a command that is right. Throws a `LabError`. */
export function mayWrite(file: string, advice = './lab stress --junit stress.xml'): void {
  const folder = dirname(resolve(file));
  try {
    accessSync(folder, constants.W_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  } catch (thrown) {
    throw refused({
      problem: `The report cannot be written to ${file}.`,
      expected: 'a file in a folder that one may write to',
      came: reasonOf(thrown),
      advice,
    });
  }
}

/** Throws a `LabError` where it cannot. */
export function writeReport(file: string, text: string, advice?: string): void {
  mayWrite(file, advice);
  writeFileSync(file, text);
}
