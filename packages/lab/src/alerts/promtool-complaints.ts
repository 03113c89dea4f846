import { lineOfText, type Problem, type Rule, type RulesFile } from '@leak-lab/alert-exercise';

const advice = 'mend it there; docs/alert-exercise.md has a rule to start from';

/**
 * What `promtool check rules` found, by the learner's own files and lines.
 * @param files the learner's files by the name of the copy that promtool saw
 */
export function complaintsOf(
  output: string,
  files: ReadonlyMap<string, RulesFile>,
  rules: readonly Rule[],
): Problem[] {
  const problems = new Map<string, Problem>();
  let file: RulesFile | undefined;
  for (const line of output.split('\n')) {
    const copy = [...files.keys()].find((name) => line.includes(`${name}: `));
    const rest = copy === undefined ? line.trim() : line.slice(line.indexOf(`${copy}: `) + copy.length + 2);
    file = copy === undefined ? file : files.get(copy);
    if (file === undefined || rest === '' || /unmarshal errors:$/.test(rest)) continue;
    if (copy === undefined && !/^line \d+:/.test(rest)) continue;
    const problem = located(file, rest, rules);
    // Two of its readers may say the same in words that differ by a letter.
    problems.set(`${problem.path}:${problem.line} ${problem.what}`.toLowerCase(), problem);
  }
  return [...problems.values()];
}

function located(file: RulesFile, text: string, rules: readonly Rule[]): Problem {
  const [, row, what] = /^(?:yaml: )?(?:(?:line )?(\d+)(?::\d+)?: )?(.*)$/.exec(text) ?? [];
  const inExpression = lineInExpression(file, Number(row), what ?? '', rules);
  const line =
    row === undefined || row === '0' ? lineOfNamed(file, text, rules) : (inExpression ?? Number(row));
  return { path: file.path, ...(line !== undefined && { line }), what: what ?? text, advice };
}

/** Of an expression of several lines promtool tells the first, and the place in it in its words. */
function lineInExpression(file: RulesFile, row: number, what: string, rules: readonly Rule[]) {
  const [, place] = /could not parse expression: (\d+):\d+/.exec(what) ?? [];
  const rule = rules.find(
    ({ path, expr }) => path === file.path && (expr.line === row || expr.line === row + 1),
  );
  return place === undefined || rule === undefined ? undefined : rule.expr.line + Number(place) - 1;
}

/** Where promtool tells no line: of the rule that it names, else of the words that it quotes. */
function lineOfNamed(file: RulesFile, text: string, rules: readonly Rule[]): number | undefined {
  const quoted = [...text.matchAll(/"([^"]+)"/g)].flatMap(([, word]) => word ?? []).reverse();
  for (const word of quoted) {
    const rule = rules.find(({ path, alert, record }) => path === file.path && (alert ?? record) === word);
    const line = rule?.expr.line ?? lineOfText(file, word);
    if (line !== undefined) return line;
  }
  return undefined;
}
