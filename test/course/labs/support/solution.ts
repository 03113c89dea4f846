/** A server that answers in JSON. */
export interface Server {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, json?: object): Promise<Answer>;
}

/** Somebody who does a lab by its text, and has nothing but what everybody has. */
export interface Learner {
  /** What the terminal has shown since the lab was started. */
  readonly screen: string;
  readonly service: Server;
  readonly console: Server;
  /** Runs a command to its end; gives what it said. Rejects where it fails. */
  run(command: string): Promise<string>;
}

type Way<What> = (learner: Learner) => What | Promise<What>;

/** How a lab's questions can be answered; what is to be brought about its text's commands do. `labs/NN-symptom/solve.ts` exports it as `solution`. */
export interface Solution {
  /** The answer to each question, from what the commands of the text have shown. */
  readonly answers: Readonly<Record<string, Way<string>>>;
  /** The answers that somebody gives who goes another right way. */
  readonly others: Readonly<Record<string, Way<string>>>;
  /** What else the text's commands leave to their reader, by the words that stand there. */
  readonly places?: Readonly<Record<string, Way<string>>>;
}
