/** The usual size of a workflow event, bytes: some 4,500 lines of JSON. */
export const workflowEvent_bytes = 187_000;

const actions = ['Check out', 'Set up Node', 'Restore cache', 'Install', 'Lint', 'Build', 'Test', 'Upload'];
const branches = ['main', 'release', 'feature/prices', 'fix/rounding'];
const stepsOfJob = 20;
const usualStep_bytes = 384;

/**
 * What a build system tells when a workflow is over: its jobs, their steps, when each began and ended. JSON as people
 * read it, of exactly `size_bytes` (at least 4,000); `number` says which, and no two are alike.
 */
export function workflowEvent(number: number, size_bytes = workflowEvent_bytes): string {
  const steps = Math.floor((size_bytes - 1_500) / usualStep_bytes);
  for (let count = steps; count >= 0; count--) {
    const event = eventOf(number, count);
    const bare_bytes = inLines(event).length;
    if (bare_bytes > size_bytes) continue;
    return inLines({
      ...event,
      summary: 'all steps told; '
        .repeat((size_bytes - bare_bytes) / 16 + 1)
        .slice(0, size_bytes - bare_bytes),
    });
  }
  throw new RangeError(`Expected a size of at least 4000 bytes for a workflow event, got ${size_bytes}.`);
}

const inLines = (event: object): string => JSON.stringify(event, null, 2);

function eventOf(number: number, steps: number) {
  const jobs = Math.max(1, Math.ceil(steps / stepsOfJob));
  return {
    event: 'workflow_run',
    action: 'completed',
    delivery: `d-${String(number).padStart(12, '0')}`,
    repository: { id: 4_711, name: 'orders', default_branch: 'main' },
    workflow_run: {
      id: 900_000_000 + number,
      run_number: number,
      branch: branches[number % branches.length],
      status: 'completed',
      conclusion: number % 9 === 0 ? 'failure' : 'success',
    },
    jobs: Array.from({ length: jobs }, (_, job) => ({
      id: number * 1_000 + job,
      name: `build (${job})`,
      runner: `runner-${(number + job) % 40}`,
      steps: Array.from({ length: Math.min(stepsOfJob, steps - job * stepsOfJob) }, (_, at) =>
        stepOf(number, job * stepsOfJob + at),
      ),
    })),
    summary: '',
  };
}

function stepOf(number: number, at: number) {
  const began_seconds = 1_760_000_000 + number * 60 + at * 3;
  return {
    number: at + 1,
    name: `${actions[at % actions.length]} ${at}`,
    status: 'completed',
    conclusion: at % 31 === 30 ? 'skipped' : 'success',
    started_at: timeOf(began_seconds),
    completed_at: timeOf(began_seconds + 2 + (at % 5)),
    log_lines: 40 + ((number + at) % 900),
  };
}

const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
