import { describe, expect, test } from 'vitest';
import { parseInvocation } from './arguments.ts';

describe('the command line', () => {
  test('two files are compared, the first twenty classes shown to a person', () => {
    expect(parseInvocation(['a', 'b'])).toMatchObject({
      command: 'diff',
      files: ['a', 'b'],
      format: 'terminal',
      top: 20,
    });
  });

  test('a program gets every class unless it says how many', () => {
    expect(parseInvocation(['--json', 'a', 'b']).top).toBeUndefined();
    expect(parseInvocation(['--json', '--top', '3', 'a', 'b']).top).toBe(3);
  });

  test('summary takes one file', () => {
    expect(parseInvocation(['summary', 'a'])).toMatchObject({ command: 'summary', files: ['a'] });
  });

  test('help is given whatever else is on the line', () => {
    expect(parseInvocation(['--help'])).toMatchObject({ command: 'help' });
    expect(parseInvocation(['a', '-h'])).toMatchObject({ command: 'help' });
  });

  test.each([
    [[], /expected two snapshots or more, got 0/],
    [['a'], /got 1 \(for one: heapdiff summary FILE\)/],
    [['summary'], /summary: expected one file, got 0/],
    [['summary', 'a', 'b'], /summary: expected one file, got 2/],
    [['summary', 'a', '--fail-on', 'A > 1'], /--fail-on judges growth/],
    [['a', 'b', '--top', '0'], /--top: expected a count of 1 or more, got '0'/],
    [['a', 'b', '--top', '1e9'], /--top/],
    [['a', 'b', '--json', '--html'], /expected one format, got --json and --html/],
    [['a', 'b', '--colour'], /Unknown option '--colour'/],
    [['a', 'b', '--fail-on', 'A'], /--fail-on: expected/],
    [['a', 'b', '--class', 'A', '--no-retained'], /give one of them/],
  ])('%j is refused with what was expected', (args, message) => {
    expect(() => parseInvocation(args)).toThrow(message);
  });
});
