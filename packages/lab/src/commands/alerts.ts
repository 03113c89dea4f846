import { scoreLines } from '@leak-lab/alert-exercise';
import { checkRules, readRulesFile } from '../alerts/check-rules.ts';
import { findPromtool } from '../alerts/promtool.ts';
import { readScenes, recordedByProject } from '../alerts/stage.ts';
import { displayOn } from '../load/display.ts';
import { readVariables } from '../settings.ts';

const line_ms = 2_000;

/** `./lab alerts check`: what alerts make of recorded leaks and healthy services. Exit code 0: full marks; 1: less; 2: it cannot be told. */
export async function checkAlerts(paths: readonly string[], options: { json?: boolean }): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const display = displayOn(process.stderr, line_ms);
  try {
    const files = paths.map(readRulesFile);
    const { promtool, source } = findPromtool(readVariables()['PROMETHEUS_IMAGE'] ?? '');
    const scenes = readScenes();
    const show = (played: number) =>
      display.live(`${played} of ${scenes.length} recordings played to ${paths.join(', ')}, by ${source}`);
    show(0);
    const { score, notes } = await checkRules(files, {
      ...{ scenes, promtool, signal: stopping.signal },
      recordedBy: recordedByProject(),
      onPlayed: show,
    });
    display.end();
    const said = notes.map(
      ({ path, line, what, advice }) => `note: ${path}${line ? `:${line}` : ''}: ${what}; ${advice}`,
    );
    console.log(
      options.json
        ? JSON.stringify({ files: paths, ...score, notes }, null, 2)
        : [...scoreLines(score), ...said].join('\n'),
    );
    process.exitCode = score.points === 100 ? 0 : 1;
  } catch (thrown) {
    display.end();
    if (!stopping.signal.aborted) throw thrown;
    process.exitCode = 2;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
