import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../program.ts';
import { bashCompletion } from './bash.ts';
import { readCommandTree } from './command-tree.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const tree = readCommandTree(buildProgram());
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What bash offers for the last word. */
function complete(...words: string[]): string[] {
  const ask = `COMP_WORDS=(${['./lab', ...words].map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_lab_completion
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', `${bashCompletion(tree)}\n${ask}`], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter(Boolean);
}

describe.skipIf(!has('bash'))('bash completes', () => {
  it('commands', () => {
    expect(complete('')).toEqual(expect.arrayContaining(['up', 'down', 'leak', 'load', 'doctor', '--help']));
    expect(complete('do')).toEqual(['down', 'doctor']);
  });
  it('words in their place', () => {
    expect(complete('leak', 'c')).toEqual(['cache', 'closures', 'churn']);
    expect(complete('leak', 'cache', '')).toEqual(['on', 'off']);
    expect(complete('upstream', 'f')).toEqual(['fast', 'failing']);
    expect(complete('logs', '-f', 's')).toEqual(['service', 'supervisor']);
  });
  it('options and what they take', () => {
    expect(complete('up', '--d')).toEqual(['--docker', '--detach']);
    expect(complete('leak', 'cache', 'on', '--preset', '')).toEqual(['default', 'field', 'fast']);
    expect(complete('up', '--leak', 'li')).toEqual(['listeners']);
  });
});

describe('the scripts are well formed', () => {
  it.skipIf(!has('zsh'))('zsh', () => {
    const { stderr } = spawnSync('zsh', ['-n'], { input: zshCompletion(tree), encoding: 'utf8' });
    expect(stderr).toBe('');
  });
  it.skipIf(!has('fish'))('fish', () => {
    const { stderr } = spawnSync('fish', ['--no-execute'], { input: fishCompletion(tree), encoding: 'utf8' });
    expect(stderr).toBe('');
  });
  it.each([
    ['zsh', zshCompletion(tree)],
    ['fish', fishCompletion(tree)],
  ])('%s names every command and every option', (_, script) => {
    for (const { name, options } of tree) {
      expect(script).toContain(name);
      for (const { flags } of options)
        for (const flag of flags) expect(script).toContain(flag.replace(/^-+/, ''));
    }
  });
});
