import pc from 'picocolors';
import { LabError } from './lab-error.ts';
import { buildProgram } from './program.ts';

try {
  await buildProgram().parseAsync();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  process.stderr.write(`${pc.red('✗')} ${error.message}\n`);
  process.exitCode = error.exit_code;
}
