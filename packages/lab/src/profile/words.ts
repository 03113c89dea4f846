import { formatMegabytes } from '../text/bytes.ts';
import { placeOf } from './place.ts';
import { type AliveStack, bytesOfStacks, nodesOf, type ProfileNode } from './profile.ts';

const most = 6;

const withSign = (bytes: number): string =>
  `${bytes < 0 ? '-' : '+'}${formatMegabytes(Math.abs(bytes))}`.padStart(9);

const row = (node: ProfileNode, bytes: number): string =>
  `  ${withSign(bytes)}  ${node.name.padEnd(20)} ${placeOf(node).place}`;

/**
 * What grew between two profiles: the functions that allocated it, and those of the service's own on whose behalf they did, the
 * deepest first where they have the same.
 */
export function differenceWords(difference: readonly AliveStack[]): string[] {
  const nodes = nodesOf(difference);
  const byFlat = nodes
    .filter(({ flat_bytes }) => flat_bytes !== 0)
    .toSorted((a, b) => Math.abs(b.flat_bytes) - Math.abs(a.flat_bytes));
  const byWhole = nodes
    .filter((node) => placeOf(node).isOwn && node.whole_bytes !== 0)
    .toSorted((a, b) => Math.abs(b.whole_bytes) - Math.abs(a.whole_bytes));
  return [
    `${withSign(bytesOfStacks(difference)).trim()} alive since then.`,
    'Allocated by',
    ...byFlat.slice(0, most).map((node) => row(node, node.flat_bytes)),
    'With all that they call, of the service’s own',
    ...byWhole.slice(0, most).map((node) => row(node, node.whole_bytes)),
  ];
}
