import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Progress, readProgress } from '@leak-lab/course';
import { ConsoleClient } from '../../console-client.ts';
import { bringBack, keepCopy } from '../../course/kept-copy.ts';
import { progressLines } from '../../course/words.ts';
import { findLab } from '../../running-lab.ts';
import { root } from '../../settings.ts';

/** `./lab progress`: the labs, what is passed, what is under way; where the lab is down, what is kept on this machine. */
export async function progress({ json = false }: { readonly json?: boolean }): Promise<void> {
  const { consoleUrl, directory } = findLab();
  const client = new ConsoleClient(consoleUrl);
  if (!(await client.isThere())) {
    console.log(keptLines(join(directory.console, 'course/progress.json')).join('\n'));
    return;
  }
  await bringBack();
  await keepCopy();
  const { labs } = await client.course();
  console.log(json ? JSON.stringify(labs, null, 2) : progressLines(labs).join('\n'));
}

/** What is kept of the embedded lab's course. That of Docker's is in its volume. */
function keptLines(file: string): string[] {
  const end = 'The lab is down: ./lab start NN brings it up and begins that lab.';
  const labs = readdirSync(join(root, 'labs')).filter((name) => /^\d\d-/.test(name));
  let kept: Progress['labs'] = {};
  if (existsSync(file)) {
    try {
      kept = readProgress(readFileSync(file, 'utf8')).labs;
    } catch (error) {
      return [
        `${file} cannot be read: ${(error as Error).message}. It is kept aside at the next start.`,
        end,
      ];
    }
  }
  const standing = (id: string) => {
    if (kept[id] === undefined) return '';
    return kept[id].passed_at_ms === null ? 'begun' : 'passed';
  };
  return [...labs.map((name) => `  ${name}  ${standing(name.slice(0, 2))}`.trimEnd()), end];
}
