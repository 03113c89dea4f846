import { ClassTable } from '../classes/class-table.ts';
import { inferShapes } from '../classes/shapes.ts';
import { sumLast } from '../classes/sum-in-room.ts';
import { classSize } from '../diff/class-diffs.ts';
import { SnapshotError } from '../errors.ts';
import { GraphMemory } from '../graph/graph-room.ts';
import { findClassPaths, type PathSource, pathRequest } from '../paths/class-paths.ts';
import type { SnapshotObject } from '../snapshot.ts';
import type { ClassPaths, ClassSummary, PathTarget, Progress, SnapshotInfo } from '../types.ts';
import type { Answer, Job, Question } from './messages.ts';
import { pathSourceOf, placeAlone } from './path-source.ts';
import { type PreparedGraph, prepare } from './prepare.ts';
import { progressOf } from './progress.ts';

/** A snapshot kept in the analysing thread, to be asked. */
export class OpenedSnapshot {
  readonly info: SnapshotInfo;
  /** Every class, the greatest by retained (else own) bytes first. */
  readonly classes: readonly ClassSummary[];
  readonly #prepared: PreparedGraph;
  readonly #source: PathSource;

  /** Opens the one that a job names, in this thread. Throws {@link SnapshotError}. */
  static from({ source, options }: Job & { kind: 'open' }, onProgress: (progress: Progress) => void) {
    const graphMemory = new GraphMemory();
    return new OpenedSnapshot(prepare(source, options, progressOf(0, onProgress), { graphMemory }));
  }

  constructor(prepared: PreparedGraph) {
    this.#prepared = prepared;
    this.info = prepared.info;
    const table = new ClassTable(inferShapes(prepared.facts.values()));
    const numbers = table.numbersOf(prepared.facts);
    const sums = sumLast(prepared, numbers, table.classes.length);
    this.#source = pathSourceOf(prepared, table, numbers);
    const withGraph = prepared.snapshot.edges !== undefined;
    this.classes = table.classes
      .map(({ key, name, place }, number) => ({
        key,
        name,
        location: place && (withGraph ? this.#source.describer.locate(place) : placeAlone(place)),
        ...classSize(sums, number),
      }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => (b.retained_bytes ?? b.self_bytes) - (a.retained_bytes ?? a.self_bytes));
  }

  close(): void {
    this.#prepared.snapshot.file.close();
  }

  answer(question: Question): Answer {
    this.#prepared.snapshot.file.checkUnchanged();
    switch (question.kind) {
      case 'objects':
        return this.#describe(this.#greatest(this.#entriesOf(question.name), question.top));
      case 'object': {
        const entry = this.#entryOf(question.id);
        return entry === -1 ? undefined : this.#describe([entry])[0];
      }
      case 'paths':
        return this.#paths(question.target, question.clusters);
    }
  }

  /** The entry with V8's id, or -1. */
  #entryOf(id: number): number {
    const { ids, ordinals } = this.#prepared.digest;
    const place = ids.indexOf(id);
    return ordinals && place !== -1 ? ordinals.indexOf(place) : place;
  }

  /** Where an entry's columns are. */
  #placeOf(entry: number): number {
    return this.#prepared.digest.ordinals?.[entry] ?? entry;
  }

  #entriesOf(nameOrKey: string): number[] {
    const { classes, classOfKind } = this.#source;
    const { kinds, length } = this.#prepared.digest;
    const wanted = classes.map(({ key, name }) => key === nameOrKey || name === nameOrKey);
    const entries: number[] = [];
    for (let entry = 0; entry < length; entry++) {
      if (wanted[classOfKind[kinds[this.#placeOf(entry)] as number] as number]) entries.push(entry);
    }
    return entries;
  }

  #greatest(entries: number[], top: number): number[] {
    const { selfSizes, retainedSizes } = this.#prepared.digest;
    const size = (entry: number) => (retainedSizes?.[entry] ?? selfSizes[this.#placeOf(entry)]) as number;
    return entries.sort((a, b) => size(b) - size(a)).slice(0, top);
  }

  #describe(entries: readonly number[]): SnapshotObject[] {
    const { digest, snapshot } = this.#prepared;
    const { classes, classOfKind, describer } = this.#source;
    const { ordinals } = digest;
    if (ordinals) describer.prefetch(entries.map((entry) => ordinals[entry] as number));
    return entries.map((entry) => {
      const node = ordinals?.[entry];
      const place = this.#placeOf(entry);
      const class_name = classes[classOfKind[digest.kinds[place] as number] as number]?.name ?? '';
      return {
        id: digest.ids[place] as number,
        type:
          node === undefined
            ? ''
            : (snapshot.nodes.typeNames[snapshot.nodes.types[node] as number] as string),
        class_name,
        name: node === undefined ? class_name : describer.name(node),
        self_bytes: digest.selfSizes[place] as number,
        retained_bytes: digest.retainedSizes ? (digest.retainedSizes[entry] as number) : null,
        location: node === undefined ? undefined : describer.location(node),
      };
    });
  }

  #paths(target: PathTarget, clusters: number): ClassPaths {
    if (!this.#prepared.digest.ordinals) {
      throw new SnapshotError(
        `${this.info.source}: was opened with classesOnly, so without edges. Expected a snapshot with its graph: ` +
          'open it without classesOnly to find paths.',
        { path: this.info.source },
      );
    }
    const entries =
      'class' in target
        ? this.#entriesOf(target.class)
        : [...new Set(target.ids)].map((id) => this.#entryOf(id)).filter((entry) => entry !== -1);
    const name = 'class' in target ? target.class : target.ids.map((id) => `@${id}`).join(', ');
    const request = pathRequest(this.#prepared.digest, name, name, Int32Array.from(entries).sort());
    return findClassPaths(this.#source, [request], clusters)[0] as ClassPaths;
  }
}
