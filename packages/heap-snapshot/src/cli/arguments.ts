import { parseArgs } from 'node:util';
import { type GrowthRule, parseGrowthRule } from './fail-on.ts';
import { UsageError } from './usage-error.ts';

export type OutputFormat = 'terminal' | 'json' | 'markdown' | 'html';

/** What the command line asks for. */
export interface Invocation {
  readonly command: 'diff' | 'summary' | 'help' | 'version';
  readonly files: readonly string[];
  readonly format: OutputFormat;
  /** Classes shown; undefined for all. */
  readonly top: number | undefined;
  readonly class_name: string | undefined;
  readonly filter: string | undefined;
  readonly retained: boolean;
  readonly shapes: boolean;
  readonly rules: readonly GrowthRule[];
}

const options = {
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
  html: { type: 'boolean' },
  top: { type: 'string' },
  class: { type: 'string' },
  filter: { type: 'string' },
  'no-retained': { type: 'boolean' },
  'no-shapes': { type: 'boolean' },
  'fail-on': { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const formats = ['json', 'markdown', 'html'] as const;
const defaultTop = 20;

/** Reads the command line. Throws {@link UsageError} when it cannot be understood. */
export function parseInvocation(args: readonly string[]): Invocation {
  const { values, positionals } = parse(args);
  const asked = formats.filter((format) => values[format]);
  if (asked.length > 1) {
    throw new UsageError(`expected one format, got ${asked.map((name) => `--${name}`).join(' and ')}`);
  }
  const format = asked[0] ?? 'terminal';
  const isSummary = positionals[0] === 'summary';
  const invocation: Invocation = {
    command: values.help ? 'help' : values.version ? 'version' : isSummary ? 'summary' : 'diff',
    files: isSummary ? positionals.slice(1) : positionals,
    format,
    top: topOf(values.top, format),
    class_name: values.class,
    filter: values.filter,
    retained: !values['no-retained'],
    shapes: !values['no-shapes'],
    rules: (values['fail-on'] ?? []).map(parseGrowthRule),
  };
  check(invocation);
  return invocation;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error instanceof Error ? error.message : String(error)).replaceAll('\n', ' '));
  }
}

/** A program wants every class, a person the first few. */
function topOf(text: string | undefined, format: OutputFormat): number | undefined {
  if (text === undefined) return format === 'json' ? undefined : defaultTop;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--top: expected a count of 1 or more, got '${text}'`);
  return Number(text);
}

function check({ command, files, class_name, retained, rules }: Invocation): void {
  if (command === 'summary') {
    if (files.length !== 1) throw new UsageError(`summary: expected one file, got ${files.length}`);
    if (rules.length > 0)
      throw new UsageError('--fail-on judges growth: expected two files or more, not summary');
  }
  if (command === 'diff' && files.length < 2) {
    throw new UsageError(
      `expected two snapshots or more, got ${files.length} (for one: heapdiff summary FILE)`,
    );
  }
  if (class_name !== undefined && !retained) {
    throw new UsageError(
      '--class shows what holds the objects and needs what --no-retained leaves out: give one of them',
    );
  }
}
