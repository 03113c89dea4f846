import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AllocatedStack, Frame } from '../v8-profile.ts';

/** What the samples are of, as `go tool pprof -sample_index=` names it. */
export type PprofKind = 'inuse' | 'alloc';

export interface PprofOptions {
  readonly kind: PprofKind;
  readonly interval_bytes: number;
  readonly taken_at: Date;
  readonly duration_seconds: number;
}

const compress = promisify(gzip);

/** A gzipped pprof profile: objects and bytes of each stack. Its library is loaded when first asked for: few ask. */
export async function encodePprof(stacks: readonly AllocatedStack[], options: PprofOptions): Promise<Buffer> {
  const {
    Function: PprofFunction,
    Line,
    Location,
    Profile,
    Sample,
    StringTable,
    ValueType,
  } = await import('pprof-format');
  const { kind, interval_bytes, taken_at, duration_seconds } = options;
  const strings = new StringTable();
  const text = (value: string) => strings.dedup(value);
  const functions: InstanceType<typeof PprofFunction>[] = [];
  const locations: InstanceType<typeof Location>[] = [];
  const idOf = new Map<string, number>();

  const locationOf = (frame: Frame): number => {
    const key = `${frame.url}:${frame.line}:${frame.column}:${frame.name}`;
    const known = idOf.get(key);
    if (known !== undefined) return known;
    const id = locations.length + 1;
    const name = text(frame.name || '(anonymous)');
    functions.push(
      new PprofFunction({
        id,
        name,
        systemName: name,
        filename: text(frame.url.replace(/^file:\/\//, '') || '(V8)'),
        startLine: frame.line,
      }),
    );
    locations.push(new Location({ id, line: [new Line({ functionId: id, line: frame.line })] }));
    idOf.set(key, id);
    return id;
  };

  const profile = new Profile({
    sampleType: [
      new ValueType({ type: text(`${kind}_objects`), unit: text('count') }),
      new ValueType({ type: text(`${kind}_space`), unit: text('bytes') }),
    ],
    sample: stacks.map(
      ({ frames, count, size_bytes }) =>
        new Sample({ locationId: frames.map(locationOf), value: [count, size_bytes] }),
    ),
    location: locations,
    function: functions,
    stringTable: strings,
    timeNanos: BigInt(taken_at.getTime()) * 1_000_000n,
    durationNanos: BigInt(Math.round(duration_seconds * 1e9)),
    periodType: new ValueType({ type: text('space'), unit: text('bytes') }),
    period: interval_bytes,
    defaultSampleType: text(`${kind}_space`),
  });
  return compress(profile.encode());
}
