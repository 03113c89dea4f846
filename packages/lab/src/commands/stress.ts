import { junitOf, type Phase } from '@leak-lab/leak-verdict';
import { displayOn } from '../load/display.ts';
import { explained, unanswered } from '../stress/failures.ts';
import { stressLine } from '../stress/live.ts';
import { reportOf } from '../stress/make-report.ts';
import type { StressOptions } from '../stress/options.ts';
import { configurationOf, prepare, type Run } from '../stress/prepare.ts';
import { runProcedure, usualRest, usualWarmUp } from '../stress/procedure.ts';
import { runQuickTest } from '../stress/quick.ts';
import { couldNotMeasure } from '../stress/refused.ts';
import { configurationLines, exitCode, reportLines } from '../stress/report.ts';
import { writeReport } from '../stress/report-file.ts';

const line_ms = 3_000;

/** `./lab stress`: whether a server keeps memory under load, and how much. Exit code 0: no leak; 1: a leak; 2: it cannot be told. */
export async function stress(url: string | undefined, options: StressOptions): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const run = await prepare(url, options, stopping.signal);
    process.exitCode = options.quick ? await quick(run) : await whole(run);
  } catch (thrown) {
    if (stopping.signal.aborted && thrown instanceof DOMException) process.exitCode = couldNotMeasure;
    else throw explained(thrown);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

async function whole(run: Run): Promise<number> {
  const { options, target, reader, sender, idle, signal } = run;
  const warmUp = usualWarmUp(target.requests);
  const say = options.json ? process.stderr : process.stdout;
  const configuration = configurationOf(run);
  say.write(`${configurationLines(configuration, warmUp).join('\n')}\n\n`);

  const began = new Date();
  const display = displayOn(process.stderr, line_ms);
  const plan = { rest: usualRest, idle, workers: sender.workers };
  let shown: Phase | undefined;
  const result = await runProcedure({
    ...{ reader, sender, requests: target.requests, warmUp, idle, signal },
    onProgress: (progress) => {
      display.live(stressLine(progress, plan), progress.phase !== shown);
      shown = progress.phase;
    },
  }).finally(() => display.end());
  if (result.outcome.kind === 'silent' && result.counts.ok === 0) throw unanswered(target, result);

  const report = await reportOf(run, configuration, began, result);
  if (options.junit !== undefined) {
    const name = `${target.method} ${target.url.href}`;
    const { verdict } = report;
    writeReport(options.junit, junitOf('leak-lab stress', [{ name, verdict, seconds: result.seconds }]));
  }
  console.log(options.json ? JSON.stringify(report, null, 2) : reportLines(report).join('\n'));
  return exitCode(report);
}

async function quick({ reader, sender, target, options, signal }: Run): Promise<number> {
  const say = options.json ? process.stderr : process.stdout;
  say.write(
    `Quick test of ${target.method} ${target.url.href}: some to warm up, one, then ten more.\nMemory: ${reader.source}.\n`,
  );
  const test = await runQuickTest(reader, sender, signal);
  console.log(options.json ? JSON.stringify(test, null, 2) : test.sentence);
  return { 'grows with each request': 1, 'does not grow': 0, 'cannot be told': couldNotMeasure }[
    test.finding
  ];
}
