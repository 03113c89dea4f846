import { LabError } from '../lab-error.ts';
import type { Death } from '../state/deaths.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { lastLines } from './log-file.ts';

/** What to say of a program without which there is no lab, when it does not start. */
export function couldNotStart(death: Death, directory: StateDirectory, port: number): LabError {
  return new LabError({
    problem: `The ${death.program} did not start: it ended three times before it answered on port ${port}.`,
    expected: 'GET /health answers 200',
    came: `exit ${death.exit_status}; its last words:\n${lastLines(directory.log(death.program))}`,
    advice: `./lab logs ${death.program} shows all of it`,
  });
}

/** What to say of a console that does not start; the service goes on. */
export function withoutConsole(death: Death, directory: StateDirectory): string {
  return [
    `✗ The console did not start: it ended three times before it answered (exit ${death.exit_status}). The lab goes on without it.`,
    '    its last words:',
    ...lastLines(directory.log('console'))
      .split('\n')
      .map((line) => `      ${line}`),
    '    do        ./lab logs console shows all of it; ./lab down and ./lab up start it again',
  ].join('\n');
}
