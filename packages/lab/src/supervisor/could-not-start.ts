import { LabError } from '../lab-error.ts';
import type { Death } from '../state/deaths.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { lastLines } from './log-file.ts';

/** What to say of a program without which there is no lab, when it does not start. */
export function couldNotStart(death: Death, directory: StateDirectory, port: number | undefined): LabError {
  return new LabError({
    problem: `The ${death.program} did not start: it ended three times before it answered on port ${port}.`,
    expected: 'GET /health answers 200',
    came: `exit ${death.exit_status}; its last words:\n${lastLines(directory.log(death.program))}`,
    advice: `./lab logs ${death.program} shows all of it`,
  });
}

/** The same of a program without which a lab cannot begin, for a reason in one line. */
export const couldNotStartInWords = ({ exit_status, program }: Death, directory: StateDirectory): string =>
  `the ${program} ended three times before it answered (exit ${exit_status}: ${lastLines(directory.log(program), 1)}); ./lab logs ${program} shows all of it`;

/** What to say of a console that does not start; the service goes on. */
export const withoutConsole = (death: Death, directory: StateDirectory): string =>
  without('console', 'The lab goes on without it', death, directory);

/** What to say of a Valkey that does not start; the service goes on. */
export const withoutValkey = (death: Death, directory: StateDirectory): string =>
  without('valkey', 'The lab goes on, and the leak keys cannot be switched on', death, directory);

function without(
  program: 'console' | 'valkey',
  consequence: string,
  death: Death,
  directory: StateDirectory,
): string {
  return [
    `✗ The ${program} did not start: it ended three times before it answered (exit ${death.exit_status}). ${consequence}.`,
    '    its last words:',
    ...lastLines(directory.log(program))
      .split('\n')
      .map((line) => `      ${line}`),
    `    do        ./lab logs ${program} shows all of it; ./lab down and ./lab up start it again`,
  ].join('\n');
}
