import type { ClassDiff, SnapshotInfo } from '../../types.ts';
import { type DiffReport, reportFormat, type SummaryReport } from '../report.ts';

/** Names that a program under test may well have given its classes, to the harm of who prints them. */
export const hostileNames = {
  proto: '__proto__',
  emoji: 'Cart🛒👩‍👩‍👧',
  loneSurrogate: 'half\ud83d',
  clearScreen: '\x1b[2J\x1b[H\x9b2Jgone',
  newLine: 'one\r\n| two |',
  rightToLeft: 'safe\u202egnp.exe',
  script: `</style><script>alert(1)</script><img src=x onerror="alert('2')">`,
  markdown: '[link](javascript:alert(1)) `code` | <b> @everyone **bold** https://example.org/',
  long: `start-${'x'.repeat(5_000_000)}`,
} as const;

const location = { script_id: 7, script: 'src/history.ts', line: 12, column: 3 };

function snapshotInfo(source: string): SnapshotInfo {
  return {
    source,
    file_bytes: 177_000_000,
    node_count: 2_100_000,
    edge_count: 5_900_000,
    self_bytes: 99_000_000,
  };
}

/** A class that grew by `count` objects. */
export function grownClass(
  name: string,
  count: number,
  retained_bytes: number | null = count * 1000,
): ClassDiff {
  return {
    key: `,${name}`,
    name,
    location: undefined,
    sizes: [
      { count: 10, self_bytes: 400, retained_bytes: retained_bytes === null ? null : 10_000 },
      {
        count: 10 + count,
        self_bytes: 400 + count * 40,
        retained_bytes: retained_bytes === null ? null : 10_000 + retained_bytes,
      },
    ],
    added: { count: count + 2, self_bytes: count * 40 + 80 },
    deleted: { count: 2, self_bytes: 80 },
    grown: { count: 1, self_bytes: 16, retained_bytes: retained_bytes === null ? null : 64 },
    count_delta: count,
    self_bytes_delta: count * 40,
    retained_bytes_delta: retained_bytes,
    survivors: undefined,
    trend: 'grew',
  };
}

/** A report that uses every field, each of the hostile names among its classes, holders, edges and places. */
export function sampleDiff(overrides: Partial<DiffReport> = {}): DiffReport {
  const names = Object.values(hostileNames);
  const classes = [
    { ...grownClass('RequestRecord', 16_900), location },
    ...names.map((name, index) => grownClass(name, 100 - index)),
  ];
  const steps = names.map((name, index) => ({
    holder: name,
    holder_id: index,
    holder_type: 'object',
    edge: `.${name}`,
    location: { ...location, script: name },
    repeats: index + 1,
  }));
  return {
    format: reportFormat,
    kind: 'diff',
    snapshots: [snapshotInfo('before.heapsnapshot'), snapshotInfo(hostileNames.clearScreen)],
    same_process: true,
    warnings: [hostileNames.script],
    class_count: classes.length + 5,
    classes,
    paths: [
      {
        key: ',RequestRecord',
        name: 'RequestRecord',
        count: 16_900,
        unreachable: 3,
        clusters: [{ steps, object_id: 77, count: 16_897, self_bytes: 676_000, share: 0.987 }],
      },
    ],
    growing: [
      {
        kind: 'Map',
        object_id: 5,
        owner: `${hostileNames.markdown}.entries`,
        owner_location: location,
        entries: [4000, 8000],
        retained_bytes: [12_000_000, null],
        steps,
      },
    ],
    rules: [
      {
        rule: 'RequestRecord > 100',
        broken: true,
        measure: 'count',
        limit: 100,
        offenders: [{ name: 'RequestRecord', key: ',RequestRecord', growth: 16_900 }],
      },
    ],
    objects: names.map((name, id) => ({
      id,
      type: 'string',
      class_name: '(string)',
      name,
      self_bytes: 24,
      retained_bytes: 24,
      location: undefined,
    })),
    ...overrides,
  };
}

/** A summary with each of the hostile names. */
export function sampleSummary(): SummaryReport {
  const { classes, paths, objects } = sampleDiff();
  return {
    format: reportFormat,
    kind: 'summary',
    snapshot: snapshotInfo('one.heapsnapshot'),
    class_count: classes.length,
    classes: classes.map(({ key, name, location: place }) => ({
      key,
      name,
      location: place,
      count: 3,
      self_bytes: 72,
      retained_bytes: 720,
    })),
    paths,
    objects,
  };
}
