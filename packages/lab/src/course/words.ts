import pc from 'picocolors';
import type {
  Course,
  LabItem,
  LabSummary,
  RunningLab,
} from '../../../../services/console/src/api/contract.ts';
import { copyLines } from './copy-to-mend.ts';

const marks: Readonly<Record<LabItem['state'], string>> = {
  ok: pc.green('✔'),
  wrong: pc.red('✘'),
  waiting: pc.yellow('…'),
  open: pc.red('✘'),
  kept: pc.cyan('•'),
};

/** One item of a lab: whether it is done, what was seen, what was expected, how to answer. */
export function itemLines({ key, kind, ask, form, state, given, saw, expected }: LabItem): string[] {
  const title = kind === 'question' ? `${pc.bold(key)}: ${ask}` : ask;
  const rows: [string, string | null][] =
    state === 'kept'
      ? [['answered', given]]
      : state === 'ok'
        ? [[kind === 'question' ? 'answered' : 'seen', kind === 'question' ? given : saw]]
        : [
            ['answered', given],
            ['saw', saw ?? (kind === 'question' ? 'no answer yet' : null)],
            ['expected', expected ?? (form === null ? null : form)],
          ];
  return [
    `${marks[state]} ${title}`,
    ...rows.flatMap(([label, text]) => (text === null ? [] : [`    ${label.padEnd(9)} ${text}`])),
  ];
}

/** What comes next, as soon as a part of a lab is done. */
export const nextPartLines = ({ part: { number, of, call }, mends }: RunningLab): string[] => [
  '',
  pc.bold(`Part ${number} of ${of}`),
  `  “${call}”`,
  ...copyLines({ mends }),
  './lab check shows what is asked now.',
];

/** The lab that runs, as `./lab check` prints it. */
export function runningLines(lab: RunningLab, { labs }: Course): string[] {
  const done = lab.items.filter(({ state }) => state === 'ok').length;
  const { title } = labs.find(({ id }) => id === lab.id) as LabSummary;
  const next = labs[labs.findIndex(({ id }) => id === lab.id) + 1];
  const end = lab.passed
    ? `${pc.green('Passed.')} ./lab solution ${lab.id} shows one way to do it${next ? `; ./lab start ${next.id} goes on.` : '. That was the last one.'}`
    : `${done} of ${lab.items.length}. ./lab answer KEY=VALUE answers, ./lab hint helps.`;
  return [
    ...(lab.notice === null ? [] : [pc.yellow(lab.notice), '']),
    `Lab ${lab.id}: ${title}${lab.part.of > 1 ? `, part ${lab.part.number} of ${lab.part.of}` : ''}`,
    ...(lab.part.number > 1 ? [`  “${lab.part.call}”`] : []),
    ...lab.items.flatMap(itemLines),
    end,
  ];
}

const standings: Readonly<Record<LabSummary['standing'], string>> = {
  new: '',
  begun: 'begun',
  running: 'under way',
  passed: 'passed',
  given_up: 'given up',
};

/** The labs, one a line. */
export function progressLines(labs: readonly LabSummary[]): string[] {
  const width = Math.max(...labs.map(({ title }) => title.length));
  const passed = labs.filter(({ standing }) => standing === 'passed').length;
  return [
    ...labs.map(({ id, title, minutes: [from, to], standing }) => {
      const mark = standing === 'passed' ? pc.green('✔') : standing === 'running' ? pc.yellow('▶') : ' ';
      return `${mark} ${id}  ${title.padEnd(width)}  ${from} to ${to} min  ${standings[standing]}`.trimEnd();
    }),
    `${passed} of ${labs.length} passed.`,
  ];
}
