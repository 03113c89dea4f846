import { Argument, Command, Option } from 'commander';
import { limitChoices } from './memory-limit/choose.ts';
import { programs } from './state/state-directory.ts';

/** Words that completion offers for a leak. The service's own catalogue decides which there are. */
const leakIds = ['cache', 'listeners', 'history', 'closures'];
const shells = ['bash', 'zsh', 'fish'] as const;

/**
 * The command tree of `./lab`. Each command's code is loaded only when it is called, so that all of
 * them start fast.
 */
export function buildProgram(): Command {
  const program = new Command('lab')
    .description('Leak Lab: find memory leaks in a Node service.')
    .version('0.1.0')
    .showHelpAfterError('(./lab help shows the commands)')
    .enablePositionalOptions();
  running(program);
  driving(program);
  explaining(program);
  developing(program);
  return program;
}

function running(program: Command): void {
  const leakOption = new Option(
    '--leak <id...>',
    'leaks that are on from the start, and again after each death',
  ).argParser(leaks);
  leakOption.argChoices = leakIds;
  program
    .command('up')
    .summary('start the lab')
    .description('Starts the lab: embedded, as processes of this machine, or with --docker the whole stack.')
    .option('--docker', 'the whole stack, on Docker')
    .addOption(leakOption)
    .option('--detach', 'return when it is ready; ./lab down stops it')
    .option('--heap-limit <mb>', 'V8’s own limit: at 128 V8 ends the service, not the kernel')
    .option('--port <port>', 'port of the service; 0 is any that is free')
    .option('--upstream-port <port>', 'port of the upstream; 0 is any that is free')
    .option('--console-port <port>', 'port of the console; 0 is any that is free')
    .addOption(
      new Option('--limit-by <kind>', 'who keeps the memory limit').choices(limitChoices).default('auto'),
    )
    .action(async (options) => (await import('./commands/up.ts')).up(options));
  program
    .command('down')
    .summary('stop the lab')
    .description('Stops the lab, embedded or on Docker, and removes what a killed one left.')
    .option('--volumes', 'on Docker: remove the recorded data too')
    .action(async (options) => (await import('./commands/down.ts')).down(options));
  program
    .command('status')
    .summary('what runs, where, how full, what died')
    .description(
      'Says what runs, where, how full it is and what died. Exit code 0: the service answers; 3: it does not.',
    )
    .option('--json', 'for programs')
    .action(async (options) => (await import('./commands/status.ts')).status(options));
  program
    .command('logs')
    .summary('the last lines of a log')
    .description('Shows the last lines of a log.')
    .addArgument(new Argument('[program]', 'whose log').choices(programs).default('service'))
    .option('-f, --follow', 'go on with what comes')
    .option('-n, --lines <count>', 'how many lines', '100')
    .action(async (name, options) => (await import('./commands/logs.ts')).logs(name, options));
  program
    .command('doctor')
    .summary('what is fine on this machine, what is not')
    .description(
      'Looks at ports, memory, Node, npm, Docker, cgroup rights. Exit code 1 when something is not ok.',
    )
    .option('--json', 'for programs')
    .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));
}

function driving(program: Command): void {
  const leakId = new Argument('<id>', 'which leak');
  leakId.argChoices = leakIds;
  program
    .command('leak')
    .summary('switch a leak on or off')
    .description('Switches a leak of the running service on or off.')
    .addArgument(leakId)
    .addArgument(new Argument('<on|off>', 'what to do').choices(['on', 'off']))
    .option('--bytes <size>', 'how much each request leaves: 16384, 100k, 1m')
    .addOption(
      new Option('--preset <name>', 'the size by name; field: as in the case it comes from').choices([
        'default',
        'field',
      ]),
    )
    .addOption(new Option('--variant <name>', 'with the flaw or without').choices(['leaky', 'fixed']))
    .action(async (id, wanted, options) => (await import('./commands/leak.ts')).leak(id, wanted, options));
  program
    .command('load')
    .summary('send requests until told to stop')
    .description(
      'Sends requests to the service at a steady rate until Ctrl-C or --duration, through its deaths.',
    )
    .option('--rate <number>', 'requests a second', '200')
    .option('--duration <time>', '60s, 5m; without it until Ctrl-C')
    .option('--connections <number>', 'connections at once', '10')
    .option('--path <path>', 'what to ask the service for', '/api/data')
    .addOption(
      new Option('--engine <name>', 'who sends').choices(['auto', 'k6', 'autocannon']).default('auto'),
    )
    .option('--json', 'the summary for programs')
    .action(async (options) => (await import('./commands/load.ts')).load(options));
  program
    .command('upstream')
    .summary('make the upstream slow, fast or failing')
    .description('Sets how the upstream answers.')
    .addArgument(new Argument('<mode>', 'how').choices(['slow', 'fast', 'failing', 'default']))
    .action(async (mode) => (await import('./commands/upstream.ts')).upstream(mode));
  program
    .command('reset')
    .summary('leaks off and cleared, all at defaults')
    .description('Leaks off and cleared, sizes and upstream at their defaults, garbage collected.')
    .action(async () => (await import('./commands/reset.ts')).reset());
}

function explaining(program: Command): void {
  program
    .command('postmortem')
    .summary('why the service died, and the minute before')
    .description(
      'Says how the service died, how that is known, what it did in the minute before and which line grew. On Docker what the engine knows is added.',
    )
    .argument('[death]', 'its number, as the page shows it; the last one by default')
    .addOption(new Option('--json', 'for programs').conflicts('markdown'))
    .option('--markdown', 'for an incident’s page')
    .action(async (id, options) => (await import('./commands/postmortem.ts')).postmortem(id, options));
  program
    .command('evidence')
    .summary('download all the console recorded')
    .description(
      'Writes samples, profiles, the diffs of snapshots and the deaths into one archive with an index to read.',
    )
    .option('--output <file>', 'where to; leak-lab-evidence-DATE-TIME.tar.gz by default')
    .action(async (options) => (await import('./commands/evidence.ts')).evidence(options));
}

function developing(program: Command): void {
  program
    .command('test')
    .summary('run the lab’s own tests')
    .description('Runs the unit and embedded tests, or the tiers named. Further words go to Vitest.')
    .argument('[vitest...]', 'for Vitest: a file, -t name')
    .option('--stack', 'the tests of the Docker stack')
    .option('--course', 'the tests of the labs')
    .option('--soak [part]', 'the long measurements, all or one')
    .allowUnknownOption()
    .action(async (rest, options) => (await import('./commands/test.ts')).test(rest, options));
  program
    .command('bench')
    .summary('measure the lab')
    .description('Runs the measurements of docs/benchmarks.md.')
    .argument('[words...]', 'for the benchmark')
    .allowUnknownOption()
    .action(async (rest) => (await import('./commands/bench.ts')).bench(rest));
  program
    .command('completion')
    .summary('a completion script for your shell')
    .description('Prints a completion script: source <(./lab completion bash)')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action(async (shell) => (await import('./commands/completion.ts')).completion(shell, program));
}

/** Takes `--leak a --leak b`, `--leak a b` and `--leak a,b`. */
function leaks(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), ...text.split(',').map((id) => id.trim())].filter(Boolean);
}
