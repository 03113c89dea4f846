import { complaintAbout } from '../classes/require-class.ts';
import { similarNames } from '../classes/similar-names.ts';
import { diffSnapshots } from '../diff-snapshots.ts';
import { SnapshotError } from '../errors.ts';
import { openSnapshot } from '../open-snapshot.ts';
import { retainingPaths } from '../retaining-paths.ts';
import type { WorkOptions } from '../types.ts';
import type { Invocation } from './arguments.ts';
import { type GrowthRule, judge } from './fail-on.ts';
import { type DiffReport, diffReport, reportFormat, type SummaryReport } from './report.ts';
import { safeText } from './safe-text.ts';
import { UsageError } from './usage-error.ts';

/** For how many classes paths are found where neither a class nor a rule names some. */
const mostPaths = { json: 10, people: 5 };

/** Objects of a class that `--class` lists where `--top` says nothing. */
const defaultObjects = 20;

/** Compares the snapshots of the command line. Throws what `diffSnapshots` throws. */
export async function analyseDiff(invocation: Invocation, work: WorkOptions): Promise<DiffReport> {
  const { files, class_name, filter, retained, shapes, rules, top } = invocation;
  const diff = await diffSnapshots(files, {
    ...work,
    classesOnly: !retained,
    shapes,
    // The rules judge all classes, whichever are shown.
    filter: rules.length > 0 ? undefined : filter,
    paths: pathsWanted(invocation),
  });
  await requireKnown(rules, diff.classes, files.at(-1) ?? '', work);
  const judged = rules.map((rule) => judge(rule, diff.classes));
  if (class_name === undefined) {
    const classes = diff.classes.filter(({ name }) => passes(name, filter));
    return diffReport({ ...diff, classes }, { top, rules: judged, objects: [] });
  }
  const classes = diff.classes.filter(({ name, key }) => name === class_name || key === class_name);
  if (classes.length === 0) throw unknownClass(class_name, diff.classes);
  const objects = await objectsOf(files.at(-1) ?? '', class_name, top ?? defaultObjects, { ...work, shapes });
  return {
    ...diffReport({ ...diff, classes, growing: [] }, { top, rules: judged, objects }),
    class_count: classes.length,
  };
}

/** Reads one snapshot. Throws what `openSnapshot` throws. */
export async function analyseSummary(invocation: Invocation, work: WorkOptions): Promise<SummaryReport> {
  const { files, class_name, filter, retained, shapes, top } = invocation;
  await using snapshot = await openSnapshot(files[0] ?? '', { ...work, classesOnly: !retained, shapes });
  const all = snapshot.classes();
  const classes = all.filter(({ name, key }) =>
    class_name === undefined ? passes(name, filter) : name === class_name || key === class_name,
  );
  if (class_name !== undefined && classes.length === 0) throw unknownClass(class_name, all);
  return {
    format: reportFormat,
    kind: 'summary',
    snapshot: snapshot.info,
    class_count: classes.length,
    classes: classes.slice(0, top),
    paths: class_name === undefined ? [] : [await retainingPaths(snapshot, { class: class_name }, work)],
    objects: class_name === undefined ? [] : await snapshot.objectsOf(class_name, top ?? defaultObjects),
  };
}

function passes(name: string, filter: string | undefined): boolean {
  return filter === undefined || name.toLowerCase().includes(filter.toLowerCase());
}

/** A rule for a class that there never was would hold for ever. Throws {@link UsageError}. */
async function requireKnown(
  rules: readonly GrowthRule[],
  classes: readonly { readonly name: string }[],
  lastFile: string,
  work: WorkOptions,
): Promise<void> {
  const names = classes.map(({ name }) => name);
  const absent = rules.filter(({ class_name }) => class_name !== '*' && !names.includes(class_name));
  if (absent.length === 0) return;
  await using snapshot = await openSnapshot(lastFile, work);
  for (const { text, class_name } of absent) {
    const complaint = await complaintAbout(class_name, snapshot, names);
    if (complaint) throw new UsageError(`--fail-on '${text}': ${complaint}`);
  }
}

/** Paths for the class asked for, for those the rules name, else for the first few. */
function pathsWanted({ class_name, format, rules, top }: Invocation): number | string[] {
  if (class_name !== undefined) return [class_name];
  const named = rules.map((rule) => rule.class_name).filter((name) => name !== '*');
  return named.length > 0
    ? named
    : Math.min(top ?? Infinity, format === 'json' ? mostPaths.json : mostPaths.people);
}

async function objectsOf(
  file: string,
  name: string,
  top: number,
  options: WorkOptions & { shapes: boolean },
) {
  await using snapshot = await openSnapshot(file, options);
  // Awaited here: the snapshot is closed as this function ends.
  return await snapshot.objectsOf(name, top);
}

function unknownClass(asked: string, classes: readonly { readonly name: string }[]): SnapshotError {
  const similar = similarNames(
    asked,
    classes.map(({ name }) => name),
  ).map((name) => safeText(name));
  const hint =
    similar.length > 0
      ? `did you mean ${similar.join(' or ')}?`
      : 'run without --class to see which there are';
  return new SnapshotError(`--class: no object of class ${safeText(asked)} in these snapshots; ${hint}`);
}
