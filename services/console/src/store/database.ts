import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type Value = SQLInputValue;
export type Row = Record<string, SQLOutputValue>;

/** One connection with its prepared statements; the connection can be exchanged when its file proves corrupt. */
export class Database {
  #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #nextIds = new Map<string, number>();

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  run(sql: string, ...values: Value[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** Rows as arrays of their columns, one at a time. */
  *arrays(sql: string, ...values: Value[]): Generator<(number | null)[]> {
    // Its own statement: one that is being stepped through must not be used by another reader.
    const statement = this.#connection.prepare(sql);
    statement.setReturnArrays(true);
    yield* statement.iterate(...values) as unknown as Iterable<(number | null)[]>;
  }

  /** Does all of `action` or nothing. */
  transaction(action: () => void): void {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      action();
      this.#connection.exec('COMMIT');
    } catch (error) {
      // A full disk may have rolled back already.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** The next id of a table: given before the row is written, so that it holds even where the writing must wait. */
  nextId(
    table: 'lives' | 'events' | 'deaths' | 'allocation_profiles' | 'allocation_lines' | 'snapshots' | 'diffs',
  ): number {
    const id =
      this.#nextIds.get(table) ?? Number(this.get(`SELECT max(id) AS id FROM ${table}`)?.['id'] ?? 0) + 1;
    this.#nextIds.set(table, id + 1);
    return id;
  }

  /** Goes on with another connection; ids go on where they were. */
  exchange(connection: DatabaseSync): void {
    this.close();
    this.#connection = connection;
  }

  close(): void {
    this.#statements.clear();
    try {
      this.#connection.close();
    } catch {
      // A corrupt file may refuse even this.
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
