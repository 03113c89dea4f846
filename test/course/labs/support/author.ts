import { join } from 'node:path';
import { type Item, type Lab, openItems, type Part, partsOf, type Session } from '@leak-lab/course';
import { expect } from 'vitest';
import type {
  Course,
  LabItem,
  LabSummary,
  RunningLab,
} from '../../../../services/console/src/api/contract.ts';
import type { Terminal } from '../../../texts/terminal.ts';
import { keepEvidence } from './keep-evidence.ts';
import { TerminalLearner } from './learner.ts';
import { recordInWords } from './record-in-words.ts';
import { type Reached, SecondCourse } from './second-course.ts';
import type { Solution } from './solution.ts';

/** How long a lab may take to begin, with all the services it has. */
const start_ms = 10_000;

/** `key=WORD` in a command with placeholders. */
const asked = /\b([a-z][\w]*)=(?:[A-Z_]+|"[A-Z_ ]+")/g;
/** No lab has so much of anything; of one job a second, or one minute, there may be. */
const nothingLike: Readonly<Record<string, string>> = { numbers: '987654321', words: 'nobody' };

/** An author at a terminal, who holds a lab against what it must be for whoever does it. */
export class Author {
  readonly learner: TerminalLearner;
  readonly #lab: Lab;
  readonly #solution: Solution;
  readonly #terminal: Terminal;
  /** What the learner had reached when the last answers of each part before the last were given. */
  readonly #parts = new Map<number, Session>();
  /** What somebody says in those parts who goes another way. */
  readonly #others = new Map<string, string>();
  wasReset = false;
  /** What the lab had recorded when it first did not take an answer of the text, in words. */
  record: string | undefined;

  constructor(lab: Lab, solution: Solution, terminal: Terminal) {
    this.#lab = lab;
    this.#solution = solution;
    this.#terminal = terminal;
    this.learner = new TerminalLearner(terminal);
  }

  /** `key=WORD` with the answer in the place of the word. */
  async fill(command: string): Promise<string> {
    let filled = command;
    for (const [pair, key = ''] of command.matchAll(asked)) {
      const way = this.#solution.answers[key];
      if (way === undefined) throw new Error(`Lab ${this.#lab.id} has no solution for ${key}.`);
      filled = filled.replace(pair, `'${key}=${await way(this.learner)}'`);
    }
    for (const [words, way] of Object.entries(this.#solution.places ?? {}))
      if (filled.includes(words)) filled = filled.replaceAll(words, await way(this.learner));
    return filled;
  }

  /** What is there of a part that is not the last, while it is: with the next one it is gone. `command` answers something of it. */
  async notePart(command: string): Promise<void> {
    using second = this.#secondCourse();
    const { session } = second.progress;
    if (session === null || session.part + 1 === partsOf(this.#lab).length) return;
    this.#parts.set(session.part, session);
    for (const [, key = ''] of command.matchAll(asked)) {
      const way = this.#solution.others[key];
      if (way !== undefined) this.#others.set(key, await way(this.learner));
    }
  }

  noteRecord(command: string): void {
    if (this.record !== undefined) return;
    using second = this.#secondCourse();
    const { session } = second.progress;
    const setup = session === null ? undefined : partsOf(this.#lab)[session.part]?.setup;
    if (session === null || setup === undefined) return;
    const evidence = second.evidence({ session, now_ms: Date.now }, setup);
    this.record = `What the lab had recorded after ${command}:\n${recordInWords(evidence)}`;
  }

  #secondCourse(): SecondCourse {
    return new SecondCourse(join(this.#terminal.folder, '.lab'));
  }

  /** Begun, and nothing done: the check fails, and says of each item what it saw and what it expects. */
  async untouched(): Promise<void> {
    await this.learner.run('./lab up --detach');
    const begun_ms = performance.now();
    await this.learner.run(`./lab start ${this.#lab.id}`);
    expect(performance.now() - begun_ms, 'ms of ./lab start').toBeLessThan(start_ms);
    const { code, output } = await this.#terminal.run('./lab check');
    expect(code, 'the exit code of ./lab check, untouched').toBe(1);
    for (const { ask } of this.#lab.items) expect(output).toContain(ask);
    const { items, passed } = await this.#running();
    expect(passed).toBe(false);
    for (const item of items) expectOpen(item);
    await this.learner.run(`./lab reset ${this.#lab.id}`);
  }

  /** The text was done: passed, by the answers given; each other way is right too, and what is missing alone is missed. */
  async passed(): Promise<void> {
    await this.allDone();
    using second = this.#secondCourse();
    const session = second.progress.session as Session;
    for (const [number, part] of partsOf(this.#lab).entries()) {
      const reached = this.#atEndOf(number, session);
      const asks = part.items.some(({ kind }) => kind === 'question');
      if (asks && (this.#lab.services ?? 1) === 1)
        keepEvidence(this.#lab, second.evidence(reached, part.setup), reached.session);
      for (const item of part.items)
        if (item.kind === 'question') await this.#withoutAnswer(second, reached, item);
      await this.#withoutEffects(second, reached, part);
    }
  }

  /** What was reached when the last thing of a part was: what is asked later is not known then. */
  #atEndOf(part: number, last: Session): Reached {
    if (part === last.part) return { session: last, now_ms: Date.now };
    const session = { ...last, ...this.#parts.get(part), part };
    const asked = openItems(this.#lab, session).map(({ key }) => key);
    const [answers, achieved] = [pick(last.answers, asked), pick(last.achieved, asked)];
    const ended_ms = Math.max(
      ...Object.values(answers).map(({ given_at_ms }) => given_at_ms),
      ...Object.values(achieved).map(({ at_ms }) => at_ms),
    );
    return { session: { ...session, answers, achieved }, now_ms: () => ended_ms };
  }

  /** All that the lab asks for is done. */
  async allDone(): Promise<void> {
    const { items, passed } = await this.#running();
    expect(items.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(passed).toBe(true);
  }

  async #withoutAnswer(second: SecondCourse, reached: Reached, { key, kind, ...item }: Item): Promise<void> {
    const { session, now_ms } = reached;
    const { [key]: given, ...answers } = session.answers;
    const course = await second.at({ ...session, answers }, now_ms);
    expectAllBut([key], session, await course.check());
    if (!('form' in item)) throw new Error(`${key} is ${kind}, no question.`);
    const wrong = item.form.choices?.find((choice) => choice !== given?.value);
    const reading = item.form.read('1');
    const after = await course.answer(key, wrong ?? nothingLike[reading.kind] ?? '');
    expect(itemOf(after, key), `${key} after a wrong answer`).toMatchObject({ state: 'wrong' });
    expectAllBut([key], session, after);
    const again = await course.answer(key, given?.value ?? '');
    expectAllBut([], session, again, `with ${key}=${given?.value}`);
    const other = this.#others.get(key) ?? (await this.#solution.others[key]?.(this.learner));
    if (other === undefined) return;
    const byOther = await (await second.at({ ...session, answers }, now_ms)).answer(key, other);
    expect(itemOf(byOther, key), `${key}=${other}, found in another way`).toMatchObject({ state: 'ok' });
  }

  /** What was brought about before does not count for one who begins now. */
  async #withoutEffects(second: SecondCourse, { session, now_ms }: Reached, { items }: Part): Promise<void> {
    for (const { key } of items.filter(({ kind }) => kind !== 'question')) {
      const { [key]: _, ...achieved } = session.achieved;
      const course = await second.at({ ...session, achieved, tries: [], begun_ms: now_ms() }, now_ms);
      expectAllBut([key], { achieved }, await course.check());
    }
  }

  /** After the reset nothing runs, and nothing of this lab is known. */
  async asNew(): Promise<void> {
    const { running, labs } = await this.learner.console.get<Course>('/api/course');
    expect(running).toBeNull();
    await this.learner.run(`./lab reset ${this.#lab.id}`);
    const course = await this.learner.console.get<Course>('/api/course');
    expect(labs.find(({ id }) => id === this.#lab.id)).toMatchObject({
      standing: 'passed',
    } satisfies Partial<LabSummary>);
    expect(course.labs.find(({ id }) => id === this.#lab.id)).toMatchObject({
      standing: 'new',
      passed_at_ms: null,
    });
    expect(await this.learner.service.get('/admin/incident')).toMatchObject({ running: false });
    for (const port of [8180, 8280]) {
      const { code } = await this.#terminal.run(`curl -s localhost:${port}/health`);
      expect(code, `nobody at ${port}`).not.toBe(0);
    }
    this.wasReset = true;
  }

  async #running(): Promise<RunningLab> {
    const { running } = await this.learner.console.get<Course>('/api/course');
    return running as RunningLab;
  }
}

const pick = <Value>(all: Readonly<Record<string, Value>>, keys: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));

const itemOf = ({ running }: Course, key: string): LabItem | undefined =>
  running?.items.find((item) => item.key === key);

function expectAllBut(
  missing: readonly string[],
  { achieved }: Pick<Session, 'achieved'>,
  { running }: Course,
  why?: string,
): void {
  const open =
    running?.items.filter(({ key, state }) => {
      // What was passed may be tried once more.
      const isTriedAgain = state === 'waiting' && achieved[key] !== undefined;
      return state !== 'ok' && !isTriedAgain;
    }) ?? [];
  expect(
    open.map(({ key }) => key),
    why,
  ).toEqual(missing);
  const isLast = running?.part.number === running?.part.of;
  expect(running?.passed, why).toBe(isLast && missing.length === 0);
  for (const item of open) expectOpen(item);
}

/** It says what it saw, or that no answer is there, and what it takes. */
function expectOpen(item: LabItem): void {
  expect(item.state, item.key).not.toBe('ok');
  expect(item.kind === 'question' ? item.form : item.expected, item.key).toMatch(/\w/);
  if (item.kind === 'effect') expect(item.saw, item.key).toMatch(/\w/);
}
