import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const directory = new URL('../../prometheus/rules/', import.meta.url);

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
}

/** All rules of Prometheus, in the order of their files. */
export const rules: readonly Rule[] = readdirSync(directory)
  .filter((name) => name.endsWith('.rules.yml'))
  .sort()
  .flatMap((name) =>
    (parse(readFileSync(new URL(name, directory), 'utf8')).groups as { rules: Rule[] }[]).flatMap(
      (group) => group.rules,
    ),
  );
