import { bytesOf } from '@leak-lab/leak-verdict';
import type { Evidence, GrownClass } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';

/** A class that retains as much of the most grown one's growth leads to the same things. */
const leastShare = 0.3;
const fewest = 50;
const tolerance = 0.2;
const waits_for = 'two snapshots taken since the lab began, and what grew between them';
/** As a path names them: an element of an array or a map, and a property of an object. */
const element = /^\[\d+\]$/;
const property = /^\.(#?[\w$]+)$/;

/** The classes of which many objects came, each of them leading to the growth. */
function grownClasses(evidence: Evidence): readonly GrownClass[] | undefined {
  const rows = evidence.diff()?.filter(({ count_delta }) => count_delta >= fewest);
  const [first] = rows ?? [];
  if (rows === undefined || first === undefined) return undefined;
  return rows.filter(
    ({ retained_delta_bytes }) => retained_delta_bytes >= leastShare * first.retained_delta_bytes,
  );
}

/** Whether two snapshots were compared, and what that showed. */
export function compared(evidence: Evidence): Sight {
  const rows = evidence.diff();
  if (rows === null) return { seen: false, saw: 'no comparison of two snapshots taken since the lab began' };
  const grown = rows.reduce((most, row) => Math.max(most, row.retained_delta_bytes), 0);
  return { seen: true, saw: `a comparison; the most grown class retains ${bytesOf(grown)} more` };
}

/** The class of which so many came: its name. */
export function classOfGrowth(evidence: Evidence): Truth {
  const classes = grownClasses(evidence);
  return classes === undefined
    ? { kind: 'unknown', waits_for }
    : {
        kind: 'words',
        // "system / Context" is a Context as people say it.
        accepted: classes.flatMap(({ class_name }) => [
          class_name,
          class_name.split(' / ').at(-1) ?? class_name,
        ]),
      };
}

/** How many of its objects came between the two. */
export function countOfGrowth(evidence: Evidence): Truth {
  const classes = grownClasses(evidence);
  return classes === undefined
    ? { kind: 'unknown', waits_for }
    : { kind: 'number', values: classes.map(({ count_delta }) => count_delta), tolerance };
}

/** The properties that lead to the collection those objects are elements of. */
export function holderOfGrowth(evidence: Evidence): Truth {
  const paths = grownClasses(evidence)?.flatMap((row) =>
    row.paths
      .filter(({ share_of_bytes }) => share_of_bytes >= leastShare)
      .map(({ steps }) => steps.map(({ edge }) => edge)),
  );
  // What lies deeper is in a collection of its own holder.
  const nearest = paths
    ?.filter((edges) => edges.some((edge) => element.test(edge)))
    .toSorted((a, b) => a.length - b.length)[0];
  const named = nearest === undefined ? [] : propertiesOfCollection(nearest);
  return named.length === 0
    ? { kind: 'unknown', waits_for }
    : { kind: 'words', accepted: [...new Set(named)] };
}

/** The properties between the last element of anything on a path and the one before it; of lists in a map those that lead to the map. */
function propertiesOfCollection(edges: readonly string[]): string[] {
  const end = edges.findLastIndex((edge) => element.test(edge));
  if (end < 0) return [];
  const begin = edges.slice(0, end).findLastIndex((edge) => element.test(edge));
  const named = edges.slice(begin + 1, end).flatMap((edge) => property.exec(edge)?.[1] ?? []);
  return named.length > 0 ? named : propertiesOfCollection(edges.slice(0, end));
}
