import { type Command, Option } from 'commander';

const examples = `
Examples:
  ./lab incident                     one that nobody has seen before, level 1
  ./lab incident --level 2           the same, and the service is to be kept up
  ./lab answer finding=leak grows_by=requests bytes_each=12.3KB
  ./lab incident end                 it is over: scored, and kept
  ./lab incident --replay 3          the third of yours once more`;

/** The commands of an incident. */
export function addIncident(program: Command): void {
  const incident = program
    .command('incident')
    .summary('be called to an incident that nobody explains')
    .description(
      'Begins an incident: a leak, or what only looks like one. A clock runs; answer with ./lab answer, look with all there is, and end it with ./lab incident end, which scores it. docs/incidents.md has the points.',
    )
    .option('--seed <number>', 'which: the same on every machine')
    .addOption(
      new Option(
        '--level <level>',
        '1: find out; 2: and keep it up; 3: two at once, or under a load that hides it',
      ).choices(['1', '2', '3']),
    )
    .addOption(
      new Option('--replay <number>', 'one of yours once more, by its number in the history').conflicts([
        'seed',
        'level',
      ]),
    )
    .option('--instead', 'in place of the lab or the incident that is under way')
    .enablePositionalOptions()
    .addHelpText('after', examples)
    .action(async (options) => (await import('./begin.ts')).begin(options));
  incident
    .command('status')
    .summary('the message, the clock, what is asked')
    .description('Shows the message, the clock, what is asked and what was answered.')
    .option('--json', 'for programs')
    .action(async (options) => (await import('./under-way.ts')).status(options));
  incident
    .command('watch')
    .summary('the clock, until it is over')
    .description('Shows the clock, until it is over or Ctrl-C.')
    .action(async () => (await import('./under-way.ts')).watch());
  incident
    .command('off')
    .summary('switch a feature of the service off (levels 2 and 3)')
    .description('Switches a feature off, by its file. Whether it leaked is not said.')
    .argument('<file>', 'as response-cache.ts')
    .action(async (file) => (await import('./act.ts')).off(file));
  incident
    .command('mend')
    .summary('mend a feature of the service (levels 2 and 3)')
    .description(
      'Makes a copy of a feature in .lab/work; once you have edited it, the same command puts it into the service.',
    )
    .argument('<file>', 'as response-cache.ts')
    .action(async (file) => (await import('./act.ts')).mend(file));
  incident
    .command('end')
    .summary('it is over: score it')
    .description('Ends the incident, whatever was answered so far: scored, and kept in the history.')
    .option('--json', 'for programs')
    .action(async (options) => (await import('./under-way.ts')).end(options));
  incident
    .command('history')
    .summary('those that are over, and their scores')
    .description('Shows the incidents that are over and what they brought, oldest first.')
    .option('--json', 'for programs')
    .action(async (options) => (await import('./history.ts')).history(options));
}
