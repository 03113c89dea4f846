import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  groundOf,
  notesOf,
  type Played,
  type Problem,
  problemsOf,
  type Rule,
  type RulesFile,
  readRules,
  type Score,
  scoreOf,
} from '@leak-lab/alert-exercise';
import { LabError } from '../lab-error.ts';
import { playScenes } from './play-scenes.ts';
import type { Promtool } from './promtool.ts';
import { run } from './promtool.ts';
import { complaintsOf } from './promtool-complaints.ts';
import { unfit } from './unfit.ts';

export interface CheckOptions {
  readonly scenes: readonly Played[];
  readonly recordedBy: ReadonlyMap<string, string>;
  readonly promtool: Promtool;
  readonly signal: AbortSignal;
  /** How many scenes have been played so far. */
  readonly onPlayed: (scenes: number) => void;
}

export interface Checked {
  readonly score: Score;
  readonly notes: readonly Problem[];
}

/** Reads a learner's file. Throws a `LabError` where it cannot. */
export function readRulesFile(path: string): RulesFile {
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new LabError({
      problem: `${path} could not be read.`,
      expected: 'a file of rules for Prometheus',
      came: (error as NodeJS.ErrnoException).code ?? String(error),
      advice: './lab alerts check my.rules.yml; docs/alert-exercise.md has one to start from',
      exit_code: 2,
    });
  }
}

/** Plays every scene to the rules and scores their alerts. Writes nowhere but into a folder of its own, which is gone afterwards. */
export async function checkRules(files: readonly RulesFile[], options: CheckOptions): Promise<Checked> {
  const read = files.map(readRules);
  const rules = read.flatMap((one) => one.rules);
  stopAt(read.flatMap(({ problems }) => problems));

  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  // The user of Prometheus' image is another one.
  chmodSync(folder, 0o755);
  try {
    const copies = new Map(
      files.map((file, index) => [join(folder, `${index}-${basename(file.path)}`), file] as const),
    );
    for (const [copy, { text }] of copies) writeFileSync(copy, text, { mode: 0o644 });
    const { promtool, signal } = options;
    const checked = await run(
      promtool,
      ['check', 'rules', '--lint=none', ...copies.keys()],
      [folder],
      signal,
    );
    signal.throwIfAborted();
    if (checked.code !== 0) {
      const complaints = complaintsOf(checked.text, copies, rules);
      throw unfit(complaints.length > 0 ? complaints : [unclear(files, checked.text)]);
    }
    return await judge(files, rules, { ...options, folder, copies: [...copies.keys()], read });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Prepared extends CheckOptions {
  readonly folder: string;
  readonly copies: readonly string[];
  readonly read: readonly { readonly groups: readonly string[] }[];
}

async function judge(
  files: readonly RulesFile[],
  rules: readonly Rule[],
  prepared: Prepared,
): Promise<Checked> {
  const { scenes, folder, copies, read } = prepared;
  const alerts = [...new Set(rules.flatMap(({ alert }) => alert ?? []))];
  if (alerts.length === 0) stopAt(files.map(withoutAlert));
  const ground = groundOf(scenes, prepared.recordedBy);
  stopAt(problemsOf(rules, ground));

  const { firings, failures } = await playScenes(scenes, {
    ...prepared,
    rules: { files: copies, groups: read.flatMap(({ groups }) => groups) },
    folder,
    workers: Math.min(4, availableParallelism()),
  });
  stopAt(
    failures.map(({ rule, at, reason }) => {
      const { path, expr } = rules.find(({ alert, record }) => (alert ?? record) === rule) ?? {};
      const what = `${rule} cannot be evaluated, ${at} after a begin: ${reason}`;
      const advice =
        'each side of an operator must match the other one to one: sum by (instance), on (instance)';
      return { path: path ?? files[0]?.path ?? '', ...(expr && { line: expr.line }), what, advice };
    }),
  );
  return { score: scoreOf(scenes, alerts, firings), notes: notesOf(rules, ground) };
}

const withoutAlert = ({ path }: RulesFile): Problem => ({
  path,
  what: 'there is no alerting rule, so nothing can fire',
  advice: 'add one: a rule with "alert:" and "expr:"',
});

const unclear = (files: readonly RulesFile[], text: string): Problem => ({
  path: files[0]?.path ?? '',
  what: text.trim(),
  advice: 'promtool check rules FILE says the same',
});

function stopAt(problems: readonly Problem[]): void {
  if (problems.length > 0) throw unfit(problems);
}
