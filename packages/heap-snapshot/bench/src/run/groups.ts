import { makeExpressPair } from '../pairs/express.ts';
import { pairFiles } from '../pairs/files.ts';
import { type Measurement, measure, median } from './measure.ts';
import { limitMemory } from './memory-limit.ts';
import { tools } from './tools.ts';

/** The figures of one program over all its rounds. */
export interface Figures {
  readonly wall_seconds: number;
  readonly peak_bytes: number;
  readonly rounds: number;
}

/** A group of programs that are compared with each other: by name, the arguments to start Node with. */
type Contest = Readonly<Record<string, readonly string[]>>;

const [sa, sb] = pairFiles('s');
const [ma, mb, mc] = pairFiles('m');
const [la, lb, lc] = pairFiles('l');
const [xa, xb] = pairFiles('x');
const full = ['--json', '--top', '10'];

/** Each group is measured by itself, its programs in turns: A B C A B C. */
export const contests = {
  diff: {
    'DevTools, l': tools.devtoolsDiff(la, lb),
    'memlab, l': tools.memlab(la, lb, lc),
    'heapdiff, l': tools.heapdiff(...full, la, lb),
    'heapdiff three files, l': tools.heapdiff(...full, la, lb, lc),
    'heapdiff --no-retained, l': tools.heapdiff('--no-retained', ...full, la, lb),
  },
  load: {
    'DevTools, x': tools.devtoolsLoad(xb),
    'heapdiff summary, x': tools.heapdiff('summary', ...full, xb),
  },
  parse: {
    'JSON.parse, m': tools.jsonParse(mb),
    'heapdiff summary, m': tools.heapdiff('summary', ...full, mb),
    'heapdiff summary --no-retained, m': tools.heapdiff('summary', '--no-retained', ...full, mb),
    'JSON.parse, l': tools.jsonParse(lb),
    'heapdiff summary, l': tools.heapdiff('summary', ...full, lb),
    'heapdiff summary --no-retained, l': tools.heapdiff('summary', '--no-retained', ...full, lb),
  },
  scale: {
    'heapdiff, s': tools.heapdiff(...full, sa, sb),
    'heapdiff, m': tools.heapdiff(...full, ma, mb),
    'heapdiff, l': tools.heapdiff(...full, la, lb),
    'heapdiff, x': tools.heapdiff(...full, xa, xb),
  },
} as const satisfies Record<string, Contest>;

export type ContestName = keyof typeof contests;

/** Measures the programs of a contest in turns. `onRound` gets the figures so far, for what an interrupted run keeps. */
export async function runContest(
  name: ContestName,
  rounds: number,
  onRound: (soFar: Record<string, Figures>) => void,
): Promise<void> {
  const contest: Contest = contests[name];
  const runs = new Map<string, Measurement[]>(Object.keys(contest).map((program) => [program, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [program, args] of Object.entries(contest)) {
      const run = await measure(args);
      if (run.exit !== 0) throw new Error(`${program} ended with ${run.exit}:\n${run.output}`);
      console.error(
        `${name} ${round + 1}/${rounds} ${program}: ${run.wall_seconds.toFixed(2)} s, ${megabytes(run)} MB`,
      );
      runs.get(program)?.push(run);
    }
    onRound(Object.fromEntries([...runs].map(([program, list]) => [program, figures(list)])));
  }
}

function figures(runs: readonly Measurement[]): Figures {
  return {
    wall_seconds: median(runs.map((run) => run.wall_seconds)),
    peak_bytes: median(runs.map((run) => run.peak_bytes ?? Number.NaN)),
    rounds: runs.length,
  };
}

function megabytes({ peak_bytes }: Measurement): string {
  return peak_bytes === undefined ? '?' : (peak_bytes / 1e6).toFixed(0);
}

/** How a program ended inside the memory limit. */
export interface LimitedRun {
  readonly outcome: 'finished' | 'killed' | 'failed';
  readonly wall_seconds: number;
}

const limit_bytes = 256 * 1024 * 1024;

/** Runs each program once inside a memory cgroup of 256 MB. `onRun` gets the outcomes so far. */
export async function runLimited(onRun: (soFar: Record<string, LimitedRun>) => void): Promise<void> {
  const programs: Contest = {
    'DevTools, m': tools.devtoolsDiff(ma, mb),
    'memlab, m': tools.memlab(ma, mb, mc),
    'heapdiff, m': tools.heapdiff(...full, ma, mb),
    'heapdiff, l': tools.heapdiff(...full, la, lb),
  };
  const results: Record<string, LimitedRun> = {};
  for (const [program, args] of Object.entries(programs)) {
    const limit = limitMemory(limit_bytes);
    try {
      const run = await measure(args, limit);
      const killed = run.exit !== 0 && limit.kills() > 0;
      const outcome = run.exit === 0 ? 'finished' : killed ? 'killed' : 'failed';
      console.error(`256 MB ${program}: ${outcome} (${run.exit}) after ${run.wall_seconds.toFixed(1)} s`);
      if (outcome === 'failed') console.error(run.output);
      results[program] = { outcome, wall_seconds: run.wall_seconds };
      onRun(results);
    } finally {
      limit.remove();
    }
  }
}

/** Makes the pairs that are missing. */
export async function preparePairs(): Promise<void> {
  for (const name of ['s', 'm', 'l', 'x']) await makeExpressPair(name);
}
