import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Firing,
  type Played,
  promtoolTests,
  type RuleFailure,
  type RulesToPlay,
  readAnswers,
} from '@leak-lab/alert-exercise';
import { LabError } from '../lab-error.ts';
import { type Promtool, run } from './promtool.ts';

/** One start of promtool is for so many scenes: few starts, and something to tell of how far it is. */
const scenesAtOnce = 4;

export interface Playing {
  readonly promtool: Promtool;
  readonly rules: RulesToPlay;
  /** A folder that promtool sees, for the files it is given. */
  readonly folder: string;
  /** Promtools at a time. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onPlayed: (scenes: number) => void;
}

export interface PlayedTo {
  readonly firings: readonly Firing[];
  readonly failures: readonly RuleFailure[];
}

/** Plays all scenes to the rules. Throws a `LabError` where promtool does not tell of each. */
export async function playScenes(scenes: readonly Played[], playing: Playing): Promise<PlayedTo> {
  const batches: Played[][] = [];
  for (let begin = 0; begin < scenes.length; begin += scenesAtOnce)
    batches.push(scenes.slice(begin, begin + scenesAtOnce));
  const firings: Firing[] = [];
  const failures = new Map<string, RuleFailure>();
  let [next, done] = [0, 0];

  const work = async () => {
    while (next < batches.length) {
      const number = next++;
      const batch = batches[number] ?? [];
      const answers = await playBatch(batch, number, playing);
      firings.push(...answers.firings);
      for (const failure of answers.failures) failures.set(failure.rule, failure);
      done += batch.length;
      playing.onPlayed(done);
    }
  };
  mkdirSync(playing.folder, { recursive: true });
  await Promise.all(Array.from({ length: playing.workers }, work));
  return { firings, failures: [...failures.values()] };
}

async function playBatch(batch: readonly Played[], number: number, playing: Playing): Promise<PlayedTo> {
  const { promtool, rules, folder, signal } = playing;
  const file = join(folder, `scenes-${number}.yml`);
  writeFileSync(file, promtoolTests(batch, rules), { mode: 0o644 });
  const { text } = await run(promtool, ['test', 'rules', file], [folder], signal);
  signal.throwIfAborted();
  const answers = readAnswers(text);
  const silent = batch.filter(({ name }) => !answers.answered.has(`${name} since`));
  if (answers.failures.length === 0 && silent.length > 0) {
    throw new LabError({
      problem: 'promtool did not tell what the rules make of the recordings.',
      expected: `an answer for ${silent.map(({ name }) => name).join(', ')}`,
      came: text.trim().split('\n').slice(0, 10).join('\n') || 'nothing',
      advice: 'promtool --version; 2.30 or later is needed',
      exit_code: 2,
    });
  }
  return answers;
}
