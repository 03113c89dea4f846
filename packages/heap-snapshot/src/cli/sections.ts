import type { SnapshotObject } from '../snapshot.ts';
import type { ClassPaths, GrowingCollection, PathCluster, PathStep } from '../types.ts';
import type { RuleResult } from './fail-on.ts';
import { place, stepText } from './names.ts';
import { counted, formatBytes, formatCount, formatShare } from './numbers.ts';
import type { Report } from './report.ts';
import { safeText } from './safe-text.ts';

/** What a rule of `--fail-on` found, in one line. */
export function ruleText({ rule, broken, measure, offenders }: RuleResult): string {
  const amount = measure === 'bytes' ? formatBytes : formatCount;
  const found = offenders
    .slice(0, 5)
    .map(({ name, growth }) => `${safeText(name)} grew by ${amount(growth)}`);
  return `${broken ? 'FAILED' : 'ok'}: ${safeText(rule)}${broken ? ` (${found.join(', ')})` : ''}`;
}

/** A collection that grew at every step, in one line. */
function collectionText({
  kind,
  owner,
  owner_location,
  object_id,
  entries,
  retained_bytes,
}: GrowingCollection): string {
  const sizes = entries.map(formatCount).join(' → ');
  const held = retained_bytes.map((bytes) => (bytes === null ? '?' : formatBytes(bytes))).join(' → ');
  return [`${safeText(owner)}  ${kind} @${object_id}: ${sizes} entries, ${held}`, place(owner_location)]
    .filter(Boolean)
    .join('  ');
}

/** One object, in one line. */
export function objectText({ id, name, class_name, self_bytes, retained_bytes }: SnapshotObject): string {
  const label = name === class_name ? '' : `  ${safeText(name)}`;
  const held = retained_bytes === null ? '' : `, holds ${formatBytes(retained_bytes)}`;
  return `@${id}  own ${formatBytes(self_bytes)}${held}${label}`;
}

/** The heading of a class's paths. */
export function pathsHeading({ name, count, unreachable }: ClassPaths): string {
  const weak = unreachable > 0 ? `, ${formatCount(unreachable)} of them by weak references only` : '';
  return `${safeText(name)}: ${counted(count, 'object')}${weak}`;
}

/** Ways of holding that make up less than this of a class are not shown to people, unless there is no other. */
const smallestShare = 0.05;
const mostClusters = 3;

/** The ways of holding that matter to a reader: the greatest, and what is worth a look beside it. */
export function clustersShown({ clusters }: ClassPaths): readonly PathCluster[] {
  return clusters.filter(({ share }, index) => index === 0 || share >= smallestShare).slice(0, mostClusters);
}

/** What the ways that are not shown amount to; empty when all are. */
export function clustersLeftText(paths: ClassPaths): string {
  const left = paths.clusters.slice(clustersShown(paths).length);
  const share = left.reduce((sum, cluster) => sum + cluster.share, 0);
  return left.length > 0
    ? `${counted(left.length, 'other way')}, ${formatShare(share)} (--json tells them)`
    : '';
}

/** Fewer steps than this are not worth a reference to those above. */
const fewestShared = 4;

/**
 * The steps of a path as lines. Where it begins as the path printed before it does, a reference stands for what
 * they share: most leaks of one program hang on one long chain.
 */
export function stepLines(steps: readonly PathStep[], before: readonly PathStep[]): string[] {
  const differs = steps.findIndex(
    (step, at) => step.holder_id !== before[at]?.holder_id || step.edge !== before[at]?.edge,
  );
  const shared = differs === -1 ? steps.length - 1 : differs;
  if (shared < fewestShared) return steps.map(stepText);
  return [`(the same ${formatCount(shared)} steps as above)`, ...steps.slice(shared).map(stepText)];
}

/** Collections shown to people. */
const mostCollections = 5;

/** The collections that grew most, a line for each. */
export function collectionLines(growing: readonly GrowingCollection[]): string[] {
  return growing.slice(0, mostCollections).map(collectionText);
}

/** How many classes are not shown, or that there is none to show; empty when all are. */
export function restText({ class_count, classes }: Report): string {
  if (class_count === 0) return 'no such class';
  const rest = class_count - classes.length;
  return rest > 0
    ? `${rest === 1 ? '1 more class' : `${formatCount(rest)} more classes`} (--top ${class_count} shows all)`
    : '';
}
