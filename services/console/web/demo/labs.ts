import type { Course, LabItem, LabSummary, LabText, RunningLab } from '../../src/api/contract.ts';
import { toHtml } from '../../src/course/texts.ts';
import { demoSolution, demoText } from './lab-text.ts';

/** What the console's API would refuse, with its status. */
export class DemoRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const hints = [
  'Load takes memory while it is there. What does a collection without traffic leave?',
  'Two readings of one process, each right after a collection, and the requests between them.',
  'GET /admin/sample has both: heap_used_after_gc_bytes and requests.total.',
];

/** How long a pause must be, in made-up seconds. */
const pause_ms = 3_000;

const question = (key: string, ask: string, form: string, choices: LabItem['choices'] = null): LabItem => ({
  key,
  kind: 'question',
  ask,
  form,
  choices,
  state: 'open',
  given: null,
  saw: null,
  expected: null,
});

const items: readonly LabItem[] = [
  question('bytes_per_request', 'How many bytes stay of each request?', 'a size, as 12.3 KB or 12600'),
  {
    key: 'held_without_traffic',
    kind: 'effect',
    ask: 'Hold the traffic off for at least 10 s, collect all garbage meanwhile, and see what memory does.',
    form: null,
    choices: null,
    state: 'open',
    given: null,
    saw: 'no pause in the traffic so far',
    expected: 'a pause of 10 s in the traffic after the climb began, and a collection in it',
  },
  question('finding', 'Leak or load?', 'leak or load', ['leak', 'load']),
  question(
    'seconds_to_limit',
    'From its start to its limit: how long does a process live under this traffic?',
    'a time, as 150 s or 2 min 30 s',
  ),
];

/** The right ones of the demonstration, and who is close to them. */
const accepts: Readonly<Record<string, (value: string) => boolean>> = {
  bytes_per_request: (value) => Math.abs(Number.parseFloat(value) - 16) < 3,
  finding: (value) => value === 'leak',
  seconds_to_limit: (value) => Math.abs(Number.parseFloat(value) - 75) < 15,
};

const servicesOf = (id: string): number => (id === '06' ? 3 : 1);

/** A made-up course: lab 01 is passed, lab 02 runs when it is started, and answers to it are taken. */
export class DemoCourse {
  #labs: readonly LabSummary[];
  #running: RunningLab | null = null;
  #heldSince_ms: number | null = null;
  #wrong = 0;

  constructor() {
    this.#labs = [
      lab(
        '01',
        'Flat line',
        'Know what a healthy service looks like, and how much of it is noise.',
        [10, 15],
      ),
      lab(
        '02',
        'Steady climb',
        'Prove that memory climbs by requests and stays without them, and say when it ends.',
        [10, 20],
      ),
      lab('03', 'Burst', 'Tell growth by request from growth by time, and load from both.', [15, 25]),
      lab('06', 'Three patients', 'Tell three services apart that climb side by side.', [15, 25]),
    ];
    this.#set('01', { standing: 'passed', passed_at_ms: Date.now() - 3_600_000 });
  }

  course(): Course {
    const since = this.#heldSince_ms;
    if (since !== null && Date.now() - since >= pause_ms) {
      this.#item('held_without_traffic', {
        state: 'ok',
        saw: 'a pause of 12 s, a collection in it: 84 MB before, 84 MB after',
      });
    }
    return { labs: this.#labs, running: this.#running };
  }

  text(id: string): LabText {
    const summary = this.#lab(id);
    const open = summary.standing === 'passed' || summary.standing === 'given_up';
    return {
      ...summary,
      mends: false,
      folder: `labs/${id}-demonstration`,
      services: servicesOf(id),
      call: 'Memory of orders-api went past 60 % and keeps going. Traffic is flat at 100 requests a second. Is this a leak, or do we just need a bigger box?',
      html: toHtml(demoText),
      solution: open ? 'open' : 'closed',
    };
  }

  start(id: string, instead: boolean): Course {
    const { standing } = this.#lab(id);
    const { id: other, passed } = this.#running ?? {};
    if (other !== undefined && other !== id && !passed && !instead) {
      throw new DemoRefusal(409, 'lab_running', `Lab ${other} runs. End it first: ./lab reset`);
    }
    this.#begin(id, null);
    if (standing !== 'passed') this.#set(id, { standing: 'running' });
    return this.course();
  }

  answer(key: string, value: string): Course {
    const accept = accepts[key];
    if (accept === undefined || this.#running === null)
      throw new DemoRefusal(400, 'unknown_key', `There is no question ${key}.`);
    if (key !== 'finding' && !/^\s*\d/.test(value)) {
      throw new DemoRefusal(
        400,
        'not_an_answer',
        `Expected for ${key} a number with or without its unit; got ${JSON.stringify(value)}.`,
      );
    }
    const right = accept(value);
    const saw = right ? 'within 4 % of what was measured' : 'far from what was measured in this run';
    if (!right && key === 'finding' && ++this.#wrong >= 2) {
      this.#begin(
        this.#running.id,
        'Two wrong answers with so few choices: the lab began anew, with other figures.',
      );
      return this.course();
    }
    this.#item(key, { state: right ? 'ok' : 'wrong', given: value, saw });
    return this.course();
  }

  hint(): Course {
    this.#change(({ hints: given }) => ({ hints: hints.slice(0, given.length + 1) }));
    return this.course();
  }

  traffic(per_second: number | null): Course {
    this.#heldSince_ms = per_second === 0 ? Date.now() : null;
    this.#change(() => ({ traffic_per_second: per_second ?? 100 }));
    return this.course();
  }

  reset(id: string | undefined): Course {
    if (this.#running !== null) this.#set(this.#running.id, { standing: 'begun' });
    if (id !== undefined) this.#set(id, { standing: 'new', passed_at_ms: null });
    this.#running = null;
    return this.course();
  }

  solution(id: string, give_up: boolean): { html: string; markdown: string } {
    const { standing } = this.#lab(id);
    if (standing !== 'passed' && standing !== 'given_up') {
      if (!give_up)
        throw new DemoRefusal(
          409,
          'solution_closed',
          `The solution of lab ${id} opens when you have passed it.`,
        );
      this.#set(id, { standing: 'given_up' });
    }
    return { html: toHtml(demoSolution), markdown: demoSolution };
  }

  #begin(id: string, notice: string | null): void {
    this.#wrong = 0;
    this.#heldSince_ms = null;
    this.#running = {
      id,
      started_at_ms: Date.now(),
      items,
      part: { number: 1, of: 1, call: '' },
      services: servicesOf(id),
      mends: null,
      passed: false,
      traffic_per_second: 100,
      hints: [],
      incident: null,
      notice,
    };
  }

  #lab(id: string): LabSummary {
    const found = this.#labs.find((one) => one.id === id);
    if (found === undefined) throw new DemoRefusal(404, 'no_such_lab', `There is no lab ${id}.`);
    return found;
  }

  #set(id: string, change: Partial<LabSummary>): void {
    this.#labs = this.#labs.map((one) => (one.id === id ? { ...one, ...change } : one));
  }

  #change(by: (running: RunningLab) => Partial<RunningLab>): void {
    if (this.#running !== null) this.#running = { ...this.#running, notice: null, ...by(this.#running) };
  }

  #item(key: string, change: Partial<LabItem>): void {
    this.#change(({ items: before }) => ({
      items: before.map((one) => (one.key === key ? { ...one, ...change } : one)),
    }));
    const { id, items: now, passed } = this.#running as RunningLab;
    if (passed || now.some(({ state }) => state !== 'ok')) return;
    this.#change(() => ({ passed: true }));
    this.#set(id, { standing: 'passed', passed_at_ms: Date.now() });
  }
}

const lab = (id: string, title: string, learn: string, minutes: LabSummary['minutes']): LabSummary => ({
  id,
  title,
  learn,
  minutes,
  standing: 'new',
  passed_at_ms: null,
});
