import { spawnSync } from 'node:child_process';

export interface PrintedLine {
  readonly line: number;
  readonly text: string;
}

/** Joins the lines of a block to commands: a line that the shell finds unfinished goes on in the next one. */
export function joinCommands(lines: readonly PrintedLine[]): PrintedLine[] {
  const commands: PrintedLine[] = [];
  let open: PrintedLine | undefined;
  for (const { line, text } of lines) {
    const command: PrintedLine =
      open === undefined ? { line, text } : { ...open, text: `${open.text}\n${text}` };
    if (isWhole(command.text)) commands.push(command);
    open = isWhole(command.text) ? undefined : command;
  }
  return open === undefined ? commands : [...commands, open];
}

function isWhole(command: string): boolean {
  if (/\\$/.test(command)) return false;
  const { status, stderr } = spawnSync('bash', ['-n', '-c', command], { encoding: 'utf8' });
  return status === 0 && !/here-document/.test(stderr);
}
