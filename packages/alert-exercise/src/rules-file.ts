import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';

/** A file of rules as the learner wrote it. */
export interface RulesFile {
  readonly path: string;
  readonly text: string;
}

/** Something that has to be mended first, where it stands. */
export interface Problem {
  readonly path: string;
  /** From 1; absent where no line is to blame. */
  readonly line?: number;
  readonly what: string;
  readonly advice: string;
}

/** A rule and the lines of its parts. */
export interface Rule {
  readonly path: string;
  readonly group: string;
  readonly alert?: string;
  readonly record?: string;
  readonly expr: Located;
  readonly for?: Located;
}

export interface Located {
  readonly text: string;
  readonly line: number;
}

export interface RulesRead {
  readonly groups: readonly string[];
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
}

const yamlAdvice = 'mind the indentation; the exercise’s page has a rule to start from';

/** Reads the rules of a file with their lines. What is wrong with them beyond YAML is promtool's to say. */
export function readRules({ path, text }: RulesFile): RulesRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(({ message, pos }) => ({
    ...{ path, line: lines.linePos(pos[0]).line },
    what: `this is no YAML: ${message}`,
    advice: yamlAdvice,
  }));
  if (problems.length > 0) return { groups: [], rules: [], problems };

  const lineOf = (node: { readonly range?: readonly number[] | null } | null) =>
    lines.linePos(node?.range?.[0] ?? 0).line;
  const located = (map: YAMLMap, key: string): Located | undefined => {
    const node = map.get(key, true);
    if (!isScalar(node)) return undefined;
    // A block's text begins on the line below its mark.
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    return { text: String(node.value), line: lineOf(node) + Number(block) };
  };
  const groups = mapsIn(isMap(document.contents) ? document.contents.get('groups', true) : undefined);
  const rules = groups.flatMap((group) =>
    mapsIn(group.get('rules', true)).flatMap((map): Rule[] => {
      const expr = located(map, 'expr');
      if (expr === undefined) return [];
      const named = (key: 'alert' | 'record') => {
        const name = located(map, key)?.text;
        return name === undefined ? {} : { [key]: name };
      };
      const wait = located(map, 'for');
      return [
        {
          ...{ path, group: String(group.get('name')), expr },
          ...named('alert'),
          ...named('record'),
          ...(wait && { for: wait }),
        },
      ];
    }),
  );
  return { groups: groups.map((group) => String(group.get('name'))), rules, problems };
}

const mapsIn = (node: unknown): YAMLMap[] => (isSeq(node) ? node.items.filter((item) => isMap(item)) : []);

/** The line of the first value, or key, that is written so; absent where there is none. */
export function lineOfText({ text }: RulesFile, wanted: string): number | undefined {
  const index = text.split('\n').findIndex((line) => line.includes(wanted));
  return index === -1 ? undefined : index + 1;
}
