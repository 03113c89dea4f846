import type { Drive } from '@leak-lab/workload';
import { ServiceError } from '../errors.ts';
import type { Feature, FeatureOptions } from '../features/feature.ts';
import { megabytes } from '../memory/process.ts';
import type { Amount, Leak, Preset, Variant } from './leak.ts';
import { Path } from './path.ts';

/** What may be said of a leak at once; what is not said stays as it is. */
export interface LeakChange {
  readonly enabled: boolean;
  readonly bytes_per_request?: number | undefined;
  readonly one_in?: number | undefined;
  readonly preset?: Preset | undefined;
  readonly variant?: Variant | undefined;
  /** Makes the feature of the variant `learner`, which is then made anew. */
  readonly make?: ((options: FeatureOptions) => Feature) | undefined;
}

/** A leak as it stands, as the admin API tells it. */
export interface LeakState {
  readonly id: string;
  readonly enabled: boolean;
  readonly variant: Variant;
  /** For another unit: what each unit keeps. */
  readonly bytes_per_request: number;
  readonly one_in: number;
  readonly entries: number;
  /** The same as `entries`, as lab 16 names it for listeners. */
  readonly count: number;
  readonly retained_bytes: number;
  readonly estimated_size_mb: number;
  readonly unit: Leak['unit'];
  readonly memory: Leak['memory'];
  readonly control: boolean;
  readonly symptom: string;
  readonly drive: Drive;
  /** Names of sizes: `default`, and where there are such, `field` and `fast`. */
  readonly presets: readonly string[];
}

interface Position {
  readonly leak: Leak;
  readonly options: FeatureOptions;
  one_in: number;
  enabled: boolean;
  variant: Variant;
  feature: Feature;
  /** The name of the feature's class, in each of its variants. */
  readonly className: string;
}

/** Where leaks are switched on and off. A leak that is off is not on the path of a request. */
export class Switchboard {
  readonly #positions: ReadonlyMap<string, Position>;
  readonly #paths = new Map<string, Path>();
  #activeIds: readonly string[] = [];
  #learnersIds: ReadonlySet<string> = new Set();
  readonly #followers: (() => void)[] = [];
  #clearing: Promise<unknown> = Promise.resolve();

  constructor(catalogue: readonly Leak[], parts: Omit<FeatureOptions, 'entry_bytes'>) {
    this.#positions = new Map(
      catalogue.map((leak) => {
        const { bytes: entry_bytes, one_in = 1 } = leak.presets.default;
        const options: FeatureOptions = { ...parts, entry_bytes };
        const feature = leak.create(options);
        const className = feature.constructor.name;
        return [leak.id, { leak, options, one_in, enabled: false, variant: 'leaky', feature, className }];
      }),
    );
  }

  /** What is done beside answering for the requests of one route. */
  at(path: string): Path {
    const found = this.#paths.get(path);
    if (found) return found;
    const made = new Path();
    this.#paths.set(path, made);
    return made;
  }

  /** The leaks that are on. */
  get activeIds(): readonly string[] {
    return this.#activeIds;
  }

  /** Those that run as the learner wrote them, on or off. */
  get learnersIds(): ReadonlySet<string> {
    return this.#learnersIds;
  }

  /** Called after each change. */
  onChange(follower: () => void): void {
    this.#followers.push(follower);
  }

  /** The name of the class that a leak's feature has in each variant. Throws `unknown_leak`. */
  classNameOf(id: string): string {
    return this.#position(id).className;
  }

  /** Sees that what a leak cannot do without is there, and changes nothing. Rejects with the `ServiceError` that says what is not. */
  async prepare(id: string): Promise<void> {
    const { leak, options } = this.#position(id);
    if (leak.needs) await options[leak.needs].connect();
  }

  /**
   * Throws `unknown_leak` for an id that is not in the catalogue, `invalid_body` for a preset that it lacks, `no_valkey` where it
   * needs one and none is configured.
   */
  change(id: string, change: LeakChange): LeakState {
    const position = this.#position(id);
    const amount = amountAfter(position, change);
    if (change.enabled && position.leak.needs) position.options[position.leak.needs].open();
    const variant = change.variant ?? position.variant;
    if (change.make !== undefined || variant !== position.variant) {
      const feature = (change.make ?? makerOf(position.leak, variant))(position.options);
      this.#clear(position.feature);
      position.variant = variant;
      position.feature = feature;
    }
    position.options.entry_bytes = amount.bytes;
    position.one_in = amount.one_in;
    position.enabled = change.enabled;
    this.#lay();
    return stateOf(position);
  }

  /** Lets go of what a leak holds, or all of them (`"all"`); what is on stays on. */
  clear(id: string): Record<string, LeakState> {
    const chosen = id === 'all' ? [...this.#positions.values()] : [this.#position(id)];
    for (const { feature } of chosen) this.#clear(feature);
    return Object.fromEntries(chosen.map((position) => [position.leak.id, stateOf(position)]));
  }

  /** All off, empty, leaky again and of their usual size, as after a start without `LEAKS`. */
  reset(): void {
    for (const { leak } of this.#positions.values()) {
      this.change(leak.id, { enabled: false, preset: 'default', variant: 'leaky' });
    }
    this.clear('all');
  }

  /** Resolves when all that was cleared is gone, on other servers too. */
  async cleared(): Promise<void> {
    await this.#clearing;
  }

  /** Throws `unknown_leak` for an id that is not in the catalogue. */
  state(id: string): LeakState {
    return stateOf(this.#position(id));
  }

  states(): Record<string, LeakState> {
    return Object.fromEntries([...this.#positions].map(([id, position]) => [id, stateOf(position)]));
  }

  #clear(feature: Feature): void {
    const going = feature.clear();
    if (going) this.#clearing = Promise.all([this.#clearing, going]);
  }

  /** Puts what is on onto the paths of its requests, and nothing else. */
  #lay(): void {
    const active = [...this.#positions.values()].filter(({ enabled }) => enabled);
    this.#activeIds = active.map(({ leak }) => leak.id);
    const all = [...this.#positions.values()];
    this.#learnersIds = new Set(
      all.filter(({ variant }) => variant === 'learner').map(({ leak }) => leak.id),
    );
    const byPath = Map.groupBy(active, ({ leak }) => leak.drive.path);
    for (const path of new Set([...this.#paths.keys(), ...byPath.keys()])) {
      this.at(path).lay(byPath.get(path) ?? []);
    }
    for (const follower of this.#followers) follower();
  }

  #position(id: string): Position {
    const position = this.#positions.get(id);
    if (position) return position;
    const known = [...this.#positions.keys()];
    throw new ServiceError(
      'unknown_leak',
      `Expected one of ${known.join(', ')}; got ${JSON.stringify(id)}.`,
      {
        expected: known,
        came: id,
      },
    );
  }
}

const makerOf = (leak: Leak, variant: Variant): ((options: FeatureOptions) => Feature) =>
  variant === 'fixed' ? leak.createFixed : leak.create;

/** A size that is said goes before that of a preset, and what is not said stays. */
function amountAfter({ leak, options, one_in }: Position, change: LeakChange): Required<Amount> {
  refuseTooSmall(leak, change.bytes_per_request);
  const chosen =
    change.preset === undefined ? { bytes: options.entry_bytes, one_in } : presetOf(leak, change.preset);
  return {
    bytes: change.bytes_per_request ?? chosen.bytes,
    one_in: change.one_in ?? chosen.one_in ?? 1,
  };
}

function refuseTooSmall({ id, unit, least_bytes = 0 }: Leak, bytes: number | undefined): void {
  if (bytes === undefined || bytes >= least_bytes) return;
  throw new ServiceError(
    'invalid_body',
    `bytes_per_request: expected >=${least_bytes}, got ${bytes}. A ${unit} of ${id} weighs as much by itself.`,
    { field: 'bytes_per_request', came: bytes, expected: `>=${least_bytes}` },
  );
}

function presetOf({ id, presets }: Leak, preset: Preset): Amount {
  const amount = presets[preset];
  if (amount !== undefined) return amount;
  const known = Object.keys(presets);
  const why =
    preset === 'field'
      ? `No figure from the field is known for ${id}`
      : `There is no preset "${preset}" for ${id}, which has ${known.join(', ')}`;
  throw new ServiceError('invalid_body', `${why}: leave "preset" out, or give "bytes_per_request".`, {
    field: 'preset',
    came: preset,
    expected: known,
  });
}

function stateOf({ leak, options, one_in, enabled, variant, feature }: Position): LeakState {
  const entries = feature.entries();
  const retained_bytes = feature.bytes();
  return {
    id: leak.id,
    enabled,
    variant,
    bytes_per_request: options.entry_bytes,
    one_in,
    entries,
    count: entries,
    retained_bytes,
    estimated_size_mb: megabytes(retained_bytes),
    unit: leak.unit,
    memory: leak.memory,
    control: leak.control,
    symptom: leak.symptom,
    drive: leak.drive,
    presets: Object.keys(leak.presets),
  };
}
