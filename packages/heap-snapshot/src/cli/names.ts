import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PathCluster, PathStep, SnapshotInfo, SourceLocation } from '../types.ts';
import { counted, formatBytes, formatCount, formatShare } from './numbers.ts';
import { safeText } from './safe-text.ts';

/** `script:line:column`, safe to print; empty where the place is not known. */
export function place(location: SourceLocation | undefined): string {
  if (!location) return '';
  const script = location.script === undefined ? `script ${location.script_id}` : shortPath(location.script);
  return `${safeText(script)}:${location.line}:${location.column}`;
}

/** A file below the working folder is named from there on, as its reader would; anything else stays as it is. */
function shortPath(script: string): string {
  const path = pathOf(script);
  const below = isAbsolute(path) ? relative(process.cwd(), path) : '';
  return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below;
}

function pathOf(script: string): string {
  if (!script.startsWith('file:///')) return script;
  try {
    return fileURLToPath(script);
  } catch {
    return script;
  }
}

/** A class's name and, where known, its constructor's place. */
export function className({
  name,
  location,
}: {
  name: string;
  location: SourceLocation | undefined;
}): string {
  return [safeText(name), place(location)].filter(Boolean).join('  ');
}

/** One step of a path: the holder, the edge that leads on, and how often it repeats. */
export function stepText({ holder, holder_id, edge, location, repeats }: PathStep): string {
  const times = repeats > 1 ? ` (${formatCount(repeats)} times)` : '';
  const where = location ? `  ${place(location)}` : '';
  return `${safeText(holder)} @${holder_id} ${safeText(edge)}${times}${where}`;
}

/** What a cluster of paths stands for. */
export function clusterText({ count, self_bytes, share, object_id }: PathCluster): string {
  return `${formatShare(share)}: ${counted(count, 'object')}, ${formatBytes(self_bytes)} own, for example @${object_id}`;
}

/** One snapshot in a word. */
export function snapshotText({ source, file_bytes, node_count, self_bytes }: SnapshotInfo): string {
  return `${safeText(source)} (file ${formatBytes(file_bytes)}, heap ${formatBytes(self_bytes)}, ${formatCount(node_count)} nodes)`;
}
