import type { Command } from 'commander';

/** The commands of the course. */
export function addCourse(program: Command): void {
  program
    .command('start')
    .summary('begin a lab of the course')
    .description('Brings a lab to its beginning; starts the service too, where it does not run.')
    .argument('<lab>', 'its number, as 02')
    .option('--instead', 'in place of the one that is under way, or anew')
    .action(async (lab, options) => (await import('../commands/course/start.ts')).start(lab, options));
  program
    .command('check')
    .summary('what the lab asks for, and what is there')
    .description(
      'Looks at everything the lab asks for: what was seen, what was expected. Exit code 0: passed; 1: not yet.',
    )
    .option('--json', 'for programs')
    .action(async (options) => (await import('../commands/course/check.ts')).check(options));
  program
    .command('answer')
    .summary('answer a question of the lab')
    .description('Answers questions: KEY=VALUE, as bytes_per_request=12.3KB. Exit code 0: right; 1: not.')
    .argument('<answers...>', 'KEY=VALUE')
    .action(async (answers) => (await import('../commands/course/answer.ts')).answer(answers));
  program
    .command('hint')
    .summary('a nudge, then the way')
    .description('The next hint for the first thing that is not done, from what the lab sees.')
    .action(async () => (await import('../commands/course/hint.ts')).hint());
  program
    .command('watch')
    .summary('check by itself as things change')
    .description('Says what became of each thing the lab asks for, until it is passed or Ctrl-C.')
    .action(async () => (await import('../commands/course/watch.ts')).watch());
  program
    .command('traffic')
    .summary('how much the customers of a lab ask')
    .description('Holds the traffic of the lab off, lets it back, or sets it.')
    .argument('<wanted>', 'off, on, or requests a second')
    .action(async (wanted) => (await import('../commands/course/traffic.ts')).traffic(wanted));
  program
    .command('progress')
    .summary('the labs, and what is passed')
    .description('Shows the labs and what is passed.')
    .option('--json', 'for programs')
    .action(async (options) => (await import('../commands/course/progress.ts')).progress(options));
  program
    .command('solution')
    .summary('one way to do it, once you have')
    .description('Shows the solution of a lab that was passed.')
    .argument('<lab>', 'its number, as 02')
    .option('--give-up', 'before it is passed')
    .action(async (lab, options) => (await import('../commands/course/solution.ts')).solution(lab, options));
}
