import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bench, tools } from '../run/tools.ts';
import type { ClassFigures } from './classes.ts';

/** What one tool says of a pair: the classes of both snapshots, and how many objects came and went. */
export interface PairFigures {
  readonly classes: readonly Readonly<Record<string, ClassFigures>>[];
  readonly changes: Readonly<Record<string, { readonly added: number; readonly deleted: number }>>;
}

/** DevTools' figures of a pair. They are kept: its version is pinned, and it is slow. */
export function devtoolsFigures(pair: string, [a, b]: readonly [string, string]): PairFigures {
  const kept = resolve(bench, 'results/devtools', `${pair}.json`);
  if (!existsSync(kept)) {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, node([...tools.devtoolsDiff(a, b), '--classes']));
  }
  const { classes, changes } = JSON.parse(readFileSync(kept, 'utf8'));
  return {
    classes,
    changes: Object.fromEntries(
      changes.map((one: { key: string; new_objects: number; deleted_objects: number }) => [
        one.key,
        { added: one.new_objects, deleted: one.deleted_objects },
      ]),
    ),
  };
}

/** Our figures of a pair, under DevTools' keys. */
export function ourFigures([a, b]: readonly [string, string]): PairFigures {
  const classes = [a, b].map((file) => {
    const report = JSON.parse(node(tools.heapdiff('summary', '--json', file)));
    return Object.fromEntries(
      report.classes.map((one: OurClass) => [
        devtoolsKey(one),
        { count: one.count, shallow_bytes: one.self_bytes, retained_bytes: one.retained_bytes },
      ]),
    );
  });
  const diff = JSON.parse(node(tools.heapdiff('--json', a, b)));
  const changed = diff.classes.filter(({ added, deleted }: OurChange) => added.count + deleted.count > 0);
  return {
    classes,
    changes: Object.fromEntries(
      changed.map((one: OurChange) => [
        devtoolsKey(one),
        { added: one.added.count, deleted: one.deleted.count },
      ]),
    ),
  };
}

interface OurClass {
  readonly name: string;
  readonly count: number;
  readonly self_bytes: number;
  readonly retained_bytes: number;
  readonly location?: { readonly script_id: number; readonly line: number; readonly column: number };
}

interface OurChange extends OurClass {
  readonly added: { readonly count: number };
  readonly deleted: { readonly count: number };
}

/** DevTools counts lines and columns from 0. */
function devtoolsKey({ name, location }: OurClass): string {
  return location ? `${location.script_id},${location.line - 1},${location.column - 1},${name}` : `,${name}`;
}

function node(args: readonly string[]): string {
  return execFileSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
