import pc from 'picocolors';
import type { Course, PastIncident, RunningLab } from '../../../../services/console/src/api/contract.ts';
import { itemLines } from './words.ts';

/** The time since the call, as "4:07". */
export function clockText(begun_ms: number, now_ms: number): string {
  const seconds = Math.max(0, Math.floor((now_ms - begun_ms) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What is under way: the message, the clock, what is asked. */
export function incidentLines(running: RunningLab, now_ms: number): string[] {
  const { incident, part, notice, items, traffic_per_second } = running;
  const given = items.filter(({ state }) => state === 'kept').length;
  const questions = items.filter(({ kind }) => kind === 'question').length;
  return [
    ...(notice === null ? [] : [pc.yellow(notice), '']),
    pc.bold(`Incident ${incident?.seed}, level ${incident?.level}`) +
      pc.dim(`  ${clockText(incident?.begun_ms ?? now_ms, now_ms)} since the call`),
    '',
    `  “${part.call}”`,
    '',
    traffic_per_second === 0
      ? 'The customers are held off; ./lab traffic on lets them back.'
      : `Customers send some ${traffic_per_second} requests a second of three kinds; ./lab traffic off holds them off.`,
    '',
    ...items.flatMap(itemLines),
    '',
    `${given} of ${questions} answered. ./lab answer KEY=VALUE answers and answers anew; ./lab incident end ends it, and scores.`,
  ];
}

/** The course with the incident in it, as a line that goes on: clock and answers. */
export function clockLine({ running }: Course, now_ms: number): string | undefined {
  if (!running?.incident) return undefined;
  const given = running.items.filter(({ state }) => state === 'kept').length;
  const questions = running.items.filter(({ kind }) => kind === 'question').length;
  return `${clockText(running.incident.begun_ms, now_ms)} since the call, ${given} of ${questions} answered`;
}

/** What came of one that is over. */
export function scoreLines({
  number,
  seed,
  level,
  begun_ms,
  ended_ms,
  points,
  of,
  percent,
  parts,
}: PastIncident): string[] {
  const width = Math.max(...parts.map(({ key }) => key.length));
  return [
    pc.bold(`Incident ${seed}, level ${level}`) + pc.dim(`  over after ${clockText(begun_ms, ended_ms)}`),
    ...parts.map((part) => {
      const mark = part.points === part.of ? pc.green('✔') : pc.red('✘');
      const score = `${part.points}`.padStart(3);
      const said = `${part.given ?? '–'}${pc.dim(`  (it was: ${part.was})`)}`;
      return `${mark} ${part.key.padEnd(width)}  ${score} of ${String(part.of).padStart(2)}  ${part.key === 'kept_up' ? part.was : said}`;
    }),
    `${points} of ${of} points: ${percent} %. The same once more: ./lab incident --replay ${number}. All of them: ./lab incident history.`,
  ];
}

const bar_width = 20;

/** Those that are over, oldest first. */
export function historyLines(past: readonly PastIncident[]): string[] {
  if (past.length === 0) return ['No incident is over so far: ./lab incident begins one.'];
  const rows = past.toSorted((a, b) => a.number - b.number);
  const mean = Math.round(rows.reduce((sum, { percent }) => sum + percent, 0) / rows.length);
  const width = Math.max(2, String(rows.length).length);
  return [
    `  ${'no'.padStart(width)}  when              seed        level  took   answered  score`,
    ...rows.map(({ number, begun_ms, ended_ms, seed, level, answered, percent }) => {
      const filled = Math.round((Math.max(0, percent) / 100) * bar_width);
      return [
        `  ${String(number).padStart(width)}`,
        whenText(begun_ms),
        String(seed).padEnd(10),
        String(level).padEnd(5),
        clockText(begun_ms, ended_ms).padStart(5),
        String(answered).padStart(8),
        `${String(percent).padStart(4)} % ${'█'.repeat(filled)}${'░'.repeat(bar_width - filled)}`,
      ].join('  ');
    }),
    `${rows.length} ${rows.length === 1 ? 'incident' : 'incidents'}, ${mean} % in the mean. ./lab incident --replay NO begins one of them again.`,
  ];
}

/** As "2026-11-22 04:20", here. */
function whenText(time_ms: number): string {
  const here = new Date(time_ms - new Date(time_ms).getTimezoneOffset() * 60_000);
  return here.toISOString().slice(0, 16).replace('T', ' ');
}
