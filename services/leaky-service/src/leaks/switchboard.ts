import { ServiceError } from '../errors.ts';
import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { megabytes } from '../memory/process.ts';
import type { Leak, Preset, Variant } from './leak.ts';

/** What may be said of a leak at once; what is not said stays as it is. */
export interface LeakChange {
  readonly enabled: boolean;
  readonly bytes_per_request?: number | undefined;
  readonly preset?: Preset | undefined;
  readonly variant?: Variant | undefined;
}

/** A leak as it stands, as the admin API tells it. */
export interface LeakState {
  readonly id: string;
  readonly enabled: boolean;
  readonly variant: Variant;
  readonly bytes_per_request: number;
  readonly entries: number;
  /** The same as `entries`, as lab 16 names it for listeners. */
  readonly count: number;
  readonly retained_bytes: number;
  readonly estimated_size_mb: number;
  readonly unit: Leak['unit'];
  readonly memory: Leak['memory'];
  readonly control: boolean;
  readonly symptom: string;
}

interface Position {
  readonly leak: Leak;
  readonly options: FeatureOptions;
  enabled: boolean;
  variant: Variant;
  feature: Feature;
}

/** Where leaks are switched on and off. A leak that is off is not on the path of a request. */
export class Switchboard {
  readonly #positions: ReadonlyMap<string, Position>;
  #active: readonly Feature[] = [];
  #activeIds: readonly string[] = [];

  constructor(catalogue: readonly Leak[], parts: Omit<FeatureOptions, 'entry_bytes'>) {
    this.#positions = new Map(
      catalogue.map((leak) => {
        const options: FeatureOptions = { ...parts, entry_bytes: leak.presets.default };
        return [leak.id, { leak, options, enabled: false, variant: 'leaky', feature: leak.create(options) }];
      }),
    );
  }

  /** Whether any feature wants to see requests: asked before a request's context is made. */
  get isActive(): boolean {
    return this.#active.length > 0;
  }

  /** The leaks that are on. */
  get activeIds(): readonly string[] {
    return this.#activeIds;
  }

  /** Hands a request to all features that are on. Waits for those that need time. */
  async handle(request: RequestContext): Promise<void> {
    for (const feature of this.#active) {
      // A built-in function calls it, so V8 cannot inline it here once it is hot: a heap profile shows no inlined function,
      // and what the feature allocates would be laid at this function's door.
      const [unfinished] = Array.from([request], feature.handle, feature);
      if (unfinished) await unfinished;
    }
  }

  /** Throws `unknown_leak` for an id that is not in the catalogue, `invalid_body` for a preset that it lacks. */
  change(id: string, change: LeakChange): LeakState {
    const position = this.#position(id);
    const size_bytes = this.#sizeAfter(position, change);
    const variant = change.variant ?? position.variant;
    if (variant !== position.variant) {
      position.feature.clear();
      position.variant = variant;
      position.feature =
        variant === 'fixed'
          ? position.leak.createFixed(position.options)
          : position.leak.create(position.options);
    }
    position.options.entry_bytes = size_bytes;
    position.enabled = change.enabled;
    const active = [...this.#positions.values()].filter(({ enabled }) => enabled);
    this.#active = active.map(({ feature }) => feature);
    this.#activeIds = active.map(({ leak }) => leak.id);
    return stateOf(position);
  }

  /** Lets go of what a leak holds, or all of them (`"all"`); what is on stays on. */
  clear(id: string): Record<string, LeakState> {
    const chosen = id === 'all' ? [...this.#positions.values()] : [this.#position(id)];
    for (const { feature } of chosen) feature.clear();
    return Object.fromEntries(chosen.map((position) => [position.leak.id, stateOf(position)]));
  }

  /** All off, empty, leaky again and of their usual size, as after a start without `LEAKS`. */
  reset(): void {
    for (const { leak } of this.#positions.values()) {
      this.change(leak.id, { enabled: false, preset: 'default', variant: 'leaky' });
    }
    this.clear('all');
  }

  /** Throws `unknown_leak` for an id that is not in the catalogue. */
  state(id: string): LeakState {
    return stateOf(this.#position(id));
  }

  states(): Record<string, LeakState> {
    return Object.fromEntries([...this.#positions].map(([id, position]) => [id, stateOf(position)]));
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

  #sizeAfter({ leak, options }: Position, { bytes_per_request, preset }: LeakChange): number {
    if (bytes_per_request !== undefined) return bytes_per_request;
    if (preset === undefined) return options.entry_bytes;
    const size_bytes = leak.presets[preset];
    if (size_bytes !== undefined) return size_bytes;
    throw new ServiceError(
      'invalid_body',
      `No figure from the field is known for ${leak.id}: leave "preset" out, or give "bytes_per_request".`,
      { field: 'preset', came: preset, expected: Object.keys(leak.presets) },
    );
  }
}

function stateOf({ leak, options, enabled, variant, feature }: Position): LeakState {
  const entries = feature.entries();
  const retained_bytes = feature.bytes();
  return {
    id: leak.id,
    enabled,
    variant,
    bytes_per_request: options.entry_bytes,
    entries,
    count: entries,
    retained_bytes,
    estimated_size_mb: megabytes(retained_bytes),
    unit: leak.unit,
    memory: leak.memory,
    control: leak.control,
    symptom: leak.symptom,
  };
}
