import { expect, it } from 'vitest';
import { readText } from './read-text.ts';

const fence = '```';
const read = (...lines: string[]) => readText(lines.join('\n'));

it('takes the commands in order, with their lines, and leaves pictures and other languages alone', () => {
  const steps = read(
    '# T',
    '',
    `${fence}sh`,
    'one',
    '# only a comment',
    '',
    'two  # why',
    fence,
    '',
    fence,
    'out',
    fence,
    '',
    `${fence}ts`,
    'x',
    fence,
    '',
    fence,
    'a picture',
    fence,
  );
  expect(steps).toMatchObject([
    {
      kind: 'commands',
      lines: [
        { line: 4, text: 'one' },
        { line: 7, text: 'two  # why' },
      ],
      shown: { line: 11, lines: ['out'] },
    },
  ]);
});

it('finds them in a list, indented', () => {
  expect(read('1. First', '', `   ${fence}sh docker`, '   one', `   ${fence}`)).toMatchObject([
    { lines: [{ line: 4, text: 'one' }], marks: new Set(['docker']) },
  ]);
});

it('a bold Ctrl-C is pressed, one in passing is not', () => {
  expect(read('It goes on until Ctrl-C.', '', 'End it with **Ctrl-C**.')).toEqual([
    { kind: 'interrupt', line: 3 },
  ]);
});

it('a word after sh that nobody knows is refused', () => {
  expect(() => read(`${fence}sh backgruond`, 'x', fence)).toThrow(
    /line 1: expected one of background,.* came "backgruond"/,
  );
});

it('a command that goes on without its output is refused: the run could not tell when to go on', () => {
  expect(() => read(`${fence}sh`, './lab load  # until Ctrl-C', fence)).toThrow(
    /line 1: expected a block with the output/,
  );
});
