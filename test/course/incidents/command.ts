import { expect } from 'vitest';
import type { LabCommand } from '../../embedded/support/lab-command.ts';

/** Runs a command of the lab that must end well, and returns what it said. */
export async function command(lab: LabCommand, ...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.run(...words);
  expect({ words, code, stderr }).toEqual({ words, code: 0, stderr: '' });
  return stdout;
}
