import { gunzipSync, gzipSync } from 'node:zlib';
import {
  Line,
  Location,
  Function as PprofFunction,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import type { AliveStack, ProfileFrame } from './profile.ts';

/** What the samples of the lab's profiles are of. */
const kind = 'inuse_space';
const gzipMagic = 0x1f8b;

/**
 * Reads a profile of what is alive in pprof's format, gzipped or not. Throws an `Error` that says what it is instead, where it is none.
 */
export function readPprof(bytes: Buffer): AliveStack[] {
  const plain = bytes.length > 2 && bytes.readUInt16BE(0) === gzipMagic ? gunzipSync(bytes) : bytes;
  const profile = Profile.decode(plain);
  const text = (index: number | bigint): string => profile.stringTable.strings[Number(index)] ?? '';
  const kinds = profile.sampleType.map(({ type }) => text(type));
  const at = kinds.indexOf(kind);
  if (at < 0) throw new Error(`its samples are of ${kinds.filter(Boolean).join(', ') || 'nothing'}`);
  const functions = new Map(
    profile.function.map(({ id, name, filename, startLine }) => [
      Number(id),
      { name: text(name), file: text(filename), line: Number(startLine) },
    ]),
  );
  const frames = new Map<number, readonly ProfileFrame[]>(
    profile.location.map(({ id, line }) => [
      Number(id),
      line.flatMap(({ functionId }) => functions.get(Number(functionId)) ?? []),
    ]),
  );
  return profile.sample.map(({ locationId, value }) => ({
    frames: locationId.flatMap((id) => frames.get(Number(id)) ?? []),
    objects: signed(value[0] ?? 0),
    bytes: signed(value[at] ?? 0),
  }));
}

/** A profile in pprof's format, gzipped, for `go tool pprof` and others; a difference has negative values. */
export function writePprof(stacks: readonly AliveStack[], taken_at: Date): Buffer {
  const strings = new StringTable();
  const functions: PprofFunction[] = [];
  const locations: Location[] = [];
  const ids = new Map<string, number>();
  const locationOf = ({ name, file, line }: ProfileFrame): number => {
    const key = `${file}:${line}:${name}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = locations.length + 1;
    const named = strings.dedup(name);
    functions.push(
      new PprofFunction({
        id,
        name: named,
        systemName: named,
        filename: strings.dedup(file),
        startLine: line,
      }),
    );
    locations.push(new Location({ id, line: [new Line({ functionId: id, line })] }));
    ids.set(key, id);
    return id;
  };
  const valueType = (type: string, unit: string) =>
    new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) });
  const profile = new Profile({
    sampleType: [valueType('inuse_objects', 'count'), valueType(kind, 'bytes')],
    sample: stacks.map(
      ({ frames, objects, bytes }) =>
        new Sample({
          locationId: frames.map(locationOf),
          value: [objects, bytes].map((value) => BigInt.asUintN(64, BigInt(Math.round(value)))),
        }),
    ),
    location: locations,
    function: functions,
    stringTable: strings,
    timeNanos: BigInt(taken_at.getTime()) * 1_000_000n,
    periodType: valueType('space', 'bytes'),
    defaultSampleType: strings.dedup(kind),
  });
  return gzipSync(profile.encode());
}

/** Values are of 64 bits with a sign, and are read without one. */
const signed = (value: number | bigint): number => Number(BigInt.asIntN(64, BigInt(value)));
