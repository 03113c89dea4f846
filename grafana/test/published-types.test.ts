import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommittedDashboard, type CommittedPanel, committed, isRow } from './committed.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Where Grafana publishes the types of a kind of panel's own options. */
const composable = 'node_modules/@grafana/schema/dist/types/raw/composable';
const panelTypes: Readonly<Record<string, string>> = {
  stat: 'stat/panelcfg/x',
  'state-timeline': 'statetimeline/panelcfg/x',
  text: 'text/panelcfg/x',
  timeseries: 'timeseries/panelcfg/x',
};
/** Those that have settings for each field, beside those of the panel. */
const withFieldConfig = ['timeseries', 'state-timeline'];

const imports = [
  "import type { AnnotationQuery, Dashboard, Panel, RowPanel } from '@grafana/schema';",
  "import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';",
  // Grafana's own package leaves to each data source what its queries and annotations are made of.
  "import type { AnnotationQuery as Events } from '@grafana/grafana-foundation-sdk/dashboard';",
  "type OfPrometheus = Pick<Events, 'titleFormat' | 'textFormat' | 'tagKeys' | 'useValueForTime'>;",
  'type Annotation = Json<AnnotationQuery<any>> & OfPrometheus;',
  "type Query = Json<Omit<Dataquery, '_implementsDataqueryVariant'>>;",
  ...Object.entries(panelTypes).map(
    ([type, path]) =>
      `import type * as ${nameOf(type)} from '${join(root, composable, path)}/types.gen.d.ts';`,
  ),
  // JSON holds words where the types have enumerations.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a type
  'type Json<T> = unknown extends T ? T : T extends string ? `${T}` : T extends number | boolean | null | undefined ? T',
  '  : T extends (infer Item)[] ? Json<Item>[] : T extends object ? { [Key in keyof T]: Json<T[Key]> } : T;',
];

function nameOf(type: string): string {
  return type.replaceAll('-', '');
}

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(root, 'node_modules', '.published-types-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What the compiler says of a program; nothing where it is right. */
async function compile(lines: readonly string[]): Promise<string> {
  const file = join(directory, 'dashboard.ts');
  writeFileSync(file, [...imports, ...lines].join('\n'));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig'];
  const modules = ['--module', 'esnext', '--moduleResolution', 'bundler', '--allowImportingTsExtensions'];
  return run(process.execPath, [tsc, ...options, ...modules, file]).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
}

function programOf({ panels, annotations, ...dashboard }: CommittedDashboard): string[] {
  const { list = [] } = annotations;
  return [
    `const dashboard: Json<Omit<Dashboard, 'panels' | 'annotations'>> = ${JSON.stringify(dashboard)};`,
    `const annotations: Annotation[] = ${JSON.stringify(list)};`,
    `const targets: Query[] = ${JSON.stringify(list.map(({ target }) => target))};`,
    ...panels.flatMap((panel) =>
      isRow(panel) ? `const row${panel.id}: Json<RowPanel> = ${JSON.stringify(panel)};` : checkPanel(panel),
    ),
  ];
}

function checkPanel(panel: CommittedPanel): string[] {
  const { id, type, options, fieldConfig, targets = [] } = panel;
  const types = nameOf(type);
  const custom = fieldConfig?.defaults.custom;
  return [
    `const panel${id}: Json<Panel> = ${JSON.stringify(panel)};`,
    `const targets${id}: Query[] = ${JSON.stringify(targets)};`,
    `const options${id}: Json<Partial<${types}.Options>> = ${JSON.stringify(options)};`,
    ...(custom && withFieldConfig.includes(type)
      ? [`const custom${id}: Json<Partial<${types}.FieldConfig>> = ${JSON.stringify(custom)};`]
      : []),
  ];
}

it.for(committed)('$title is of the types that Grafana publishes', async (dashboard) => {
  expect(await compile(programOf(dashboard))).toBe('');
});

it('would not let a wrong one pass', async () => {
  const [first] = committed;
  if (!first) throw new Error('Expected a dashboard');
  const wrong = { ...first, graphTooltip: 7 } as unknown as CommittedDashboard;
  expect(await compile(programOf(wrong))).toMatch(/graphTooltip|'7'|"graphTooltip"/);
});

it('takes the types of the Grafana that .env names', () => {
  const { GRAFANA_IMAGE = '' } = parseEnv(readFileSync(join(root, '.env'), 'utf8'));
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules/@grafana/schema/package.json'), 'utf8'),
  );
  expect(GRAFANA_IMAGE.split(':')[1]).toBe(version);
});
