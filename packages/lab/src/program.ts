import { Argument, Command, Option } from 'commander';
import { addIncident as drilling } from './commands/incident/program.ts';
import { addCourse as learning } from './course/program.ts';
import { leakIds } from './leak-ids.ts';
import { limitChoices } from './memory-limit/choose.ts';
import { programs } from './state/state-directory.ts';

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
  learning(program);
  drilling(program);
  driving(program);
  explaining(program);
  looking(program);
  developing(program);
  return program;
}

function running(program: Command): void {
  const leakOption = new Option(
    '--leak <id...>',
    'leaks that are on from the start, and again after each death',
  ).argParser(leaks);
  leakOption.argChoices = [...leakIds];
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
  leakId.argChoices = [...leakIds];
  program
    .command('leak')
    .summary('switch a leak on or off')
    .description('Switches a leak of the running service on or off.')
    .addArgument(leakId)
    .addArgument(new Argument('<on|off>', 'what to do').choices(['on', 'off']))
    .option('--bytes <size>', 'how much each request (event, connection) leaves: 16384, 100k, 1m')
    .option('--one-in <number>', 'one request in so many leaves it; 1 is every one')
    .addOption(
      new Option(
        '--preset <name>',
        'the size by name; field: as in the case it comes from; fast: what takes hours, in minutes',
      ).choices(['default', 'field', 'fast']),
    )
    .addOption(new Option('--variant <name>', 'with the flaw or without').choices(['leaky', 'fixed']))
    .action(async (id, wanted, options) => (await import('./commands/leak.ts')).leak(id, wanted, options));
  program
    .command('load')
    .summary('send requests until told to stop')
    .description(
      'Sends requests to the service at a steady rate until Ctrl-C or --duration, through its deaths.',
    )
    .option('--rate <number>', 'requests a second; 200, and for reloads 1')
    .option('--duration <time>', '60s, 5m; without it until Ctrl-C')
    .option('--connections <number>', 'connections at once', '10')
    .option('--path <path>', 'what to ask the service for; by default what the leaks that are on grow by')
    .addOption(
      new Option('--body <name>', 'send this with POST: an event of 153 bytes, or of 187 KB').choices([
        'small',
        'large',
      ]),
    )
    .addOption(
      new Option('--engine <name>', 'who sends').choices(['auto', 'k6', 'autocannon']).default('auto'),
    )
    .option('--json', 'the summary for programs')
    .action(async (options) => (await import('./commands/load.ts')).load(options));
  stressing(program);
  program
    .command('upstream')
    .summary('make the upstream slow, fast or failing')
    .description('Sets how the upstream answers.')
    .addArgument(new Argument('<mode>', 'how').choices(['slow', 'fast', 'failing', 'default']))
    .action(async (mode) => (await import('./commands/upstream.ts')).upstream(mode));
  program
    .command('reset')
    .summary('leaks off and cleared, all at defaults')
    .description(
      'Leaks off and cleared, sizes and upstream at their defaults, garbage collected; a lab under way ends. With its number a lab is as new.',
    )
    .argument('[lab]', 'number of a lab')
    .action(async (number) => (await import('./commands/reset.ts')).reset(number));
}

const stressExamples = `
Examples:
  ./lab stress                                     the lab's service, what the leaks that are on grow by
  ./lab stress --quick                             one request, then ten more
  ./lab stress http://localhost:3000/orders        any server here: the process that listens there is read
  ./lab stress http://localhost:3000 --method POST --path /api/ingest --payload large --container shop-api-1
  ./lab stress http://localhost:9000 --metrics http://localhost:9000/debug/pprof/heap
  ./lab stress --json > before.json                then fix the leak, and
  ./lab stress --compare before.json --junit stress.xml`;

function stressing(program: Command): void {
  const payload = new Option(
    '--payload <name>',
    'what each request brings: small (153 bytes), large (187 KB), or a file',
  );
  payload.argChoices = ['small', 'large'];
  program
    .command('stress')
    .summary('whether a server keeps memory under load, and how much')
    .description(
      'Sends two equal loads to the lab’s service or to any other server, reads its memory before, under load, after and idle, and says whether it leaks. Exit code 0: no leak; 1: a leak; 2: it cannot be told.',
    )
    .argument('[url]', 'where to; the lab’s service by default')
    .option('--requests <count>', 'of both loads together; 5000, and 16 of rare events as reloads are')
    .option('--workers <count>', 'requests at once; 10, and 1 of rare events')
    .addOption(payload)
    .option('--no-keep-alive', 'a new connection for each request')
    .option('--quick', 'one request, then ten more: whether memory grows ten times as much')
    .option('--method <method>', 'GET; POST with a payload')
    .option('--path <path>', 'of the URL')
    .option('--pid <pid>', 'read the memory of this process')
    .option('--container <name>', 'read the memory of this container')
    .option('--metrics <url>', 'read it from Prometheus’ text, or a Go server’s /debug/pprof/heap')
    .option('--threshold <bytes>', 'less growth for each request than this is none', '100')
    .option('--timeout <time>', 'a request without its whole answer after so long has failed', '10s')
    .option('--idle <time>', 'so long it is watched when all has been sent', '30s')
    .option('--json', 'all of it for programs, and for --compare')
    .option('--junit <file>', 'write a JUnit report: a leak fails')
    .option('--compare <file>', 'against what --json printed before a fix')
    .option('--remote', 'the server is on another machine, and mine to put under load')
    .addHelpText('after', stressExamples)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (url, options) => (await import('./commands/stress.ts')).stress(url, options));
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
    .command('verdict')
    .summary('whether what was recorded is a leak, with numbers')
    .description(
      'Judges what the console has recorded: leak, allocation pressure, warm-up, stable or not enough data, with bytes for each request, where, and the time to the limit. Exit code 0: no leak; 1: a leak; 2: it cannot be told.',
    )
    .option(
      '--last <time>',
      'how far back: 90s, 5m, 2h; by default since a leak was switched on last, a quarter of an hour at most',
    )
    .option('--from <moment>', 'begin of the window: 14:02, 2026-11-21T14:02:30Z, or how long ago, as 10m')
    .option('--to <moment>', 'end of the window; the last sample by default')
    .option('--threshold <bytes>', 'less growth for each request than this is none', '100')
    .option('--json', 'for programs')
    .option('--junit <file>', 'write a JUnit report: a leak fails')
    .action(async (options) => (await import('./commands/verdict.ts')).verdict(options));
  program
    .command('evidence')
    .summary('download all the console recorded')
    .description(
      'Writes samples, profiles, the diffs of snapshots and the deaths into one archive with an index to read.',
    )
    .option('--output <file>', 'where to; leak-lab-evidence-DATE-TIME.tar.gz by default')
    .action(async (options) => (await import('./commands/evidence.ts')).evidence(options));
  program
    .command('alerts')
    .summary('try your own alerts on recorded leaks')
    .description('The alert exercise: docs/alert-exercise.md.')
    .command('check')
    .summary('score rules by when they fire')
    .description(
      'Plays recordings of all leaks and of healthy services to rules of Prometheus, and scores their alerts: told before 70 % of the limit, seconds of warning, false alarms. Exit code 0: full marks; 1: less; 2: it cannot be told.',
    )
    .argument('<files...>', 'rules: recording and alerting, of any name')
    .option('--json', 'for programs')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (files, options) => (await import('./commands/alerts.ts')).checkAlerts(files, options));
}

/** What asks more of the running lab than ./lab status tells. */
function looking(program: Command): void {
  program
    .command('profile')
    .summary('what is alive, and what is new since another profile')
    .description(
      'Writes what is alive in the service, by the functions that allocated it, in pprof’s format: go tool pprof and speedscope take it. With another one it shows what grew since then.',
    )
    .argument('<file>', 'where to, as before.pb.gz')
    .option('--since <file>', 'an earlier one: shows the difference')
    .option('--difference <file>', 'writes the difference as a profile too')
    .action(async (file, options) => (await import('./commands/profile.ts')).profile(file, options));
  program
    .command('valkey')
    .summary('ask the Valkey that the service may write to')
    .description(
      'Runs valkey-cli (or redis-cli) on the lab’s Valkey: info keyspace, --bigkeys, monitor. It is there where the lab found a server when it started, and on Docker with the profile keys.',
    )
    .argument('[words...]', 'for valkey-cli')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words) => (await import('./commands/valkey.ts')).valkey(words));
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
