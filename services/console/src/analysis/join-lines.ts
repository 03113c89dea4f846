import type { ClassDiff, ClassPaths, SourceLocation } from '@leak-lab/heap-snapshot';
import type { AllocationLine } from '../api/contract.ts';

/** A script's file as allocation lines name it: below the service's `src`. `undefined` for anything else. */
export function projectFile(location: SourceLocation | undefined): string | undefined {
  const script = location?.script;
  if (script === undefined || script.includes('/node_modules/')) return undefined;
  return /^.*\/src\/(.+)$/.exec(script)?.[1];
}

/** A place as a person reads it: file and line. */
export function placeOf(location: SourceLocation | undefined): string | null {
  if (location?.script === undefined) return null;
  const file =
    projectFile(location) ??
    location.script.replace(/^file:\/\//, '').replace(/^.*\/node_modules\//, 'node_modules/');
  return `${file}:${location.line}`;
}

/**
 * The growing line that most likely allocated what a class grew by: one in the file of its constructor, else in the
 * file of the nearest holder of the project's own that has one. Of several lines in a file, the one that grew most.
 */
export function lineOf(
  { location, self_bytes_delta, count_delta }: ClassDiff,
  paths: ClassPaths | undefined,
  growing: readonly AllocationLine[],
): AllocationLine | null {
  if (self_bytes_delta <= 0 && count_delta <= 0) return null;
  const holders = paths?.clusters[0]?.steps.toReversed().map((step) => projectFile(step.location)) ?? [];
  for (const file of [projectFile(location), ...holders]) {
    const line = file && growing.find((candidate) => candidate.file === file && candidate.growth_bytes > 0);
    if (line) return line;
  }
  return null;
}
