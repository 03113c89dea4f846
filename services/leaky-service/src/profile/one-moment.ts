import type { HeapProfile, HeapProfileNode } from './protocol.ts';

/**
 * The profile with the samples that its tree knows of. V8 makes the tree first and allocates meanwhile, so now and then
 * (in the first reading of one process in a hundred) the list has later samples that the tree lacks, even of functions
 * that it lacks. Where leaving out the latest does not explain the difference, the profile is returned as it came.
 */
export function asOfTree(profile: HeapProfile): HeapProfile {
  const { head, samples } = profile;
  let surplus_bytes = samples.reduce((sum, { size }) => sum + size, 0) - sizeOf(head);
  if (surplus_bytes <= 0) return profile;
  const later = new Set<number>();
  for (const { ordinal, size } of samples.toSorted((a, b) => b.ordinal - a.ordinal)) {
    if (surplus_bytes <= 0) break;
    surplus_bytes -= size;
    later.add(ordinal);
  }
  if (surplus_bytes !== 0) return profile;
  return { head, samples: samples.filter(({ ordinal }) => !later.has(ordinal)) };
}

const sizeOf = ({ selfSize, children }: HeapProfileNode): number =>
  children.reduce((sum, child) => sum + sizeOf(child), selfSize);
