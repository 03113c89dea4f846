/** What a Valkey says of itself. */
export interface Usage {
  /** What it has taken from its allocator, bytes. */
  readonly used_memory_bytes: number;
  /** What of it is keys and values, by its own estimate, bytes; none without keys, where that counts buffers of connections. */
  readonly dataset_bytes: number;
  /** Where it begins to refuse writes, bytes; `undefined` where it has no limit. */
  readonly maxmemory_bytes: number | undefined;
  readonly keys: number;
  /** Keys that will go by themselves. */
  readonly keys_with_expiry: number;
}

/** Reads the answer to INFO: lines of `name:value`, and of each database `db0:keys=3,expires=1,avg_ttl=0`. */
export function readUsage(info: string): Usage {
  const number = (name: string): number =>
    Number(new RegExp(`^${name}:(\\d+)\\r?$`, 'm').exec(info)?.[1] ?? Number.NaN);
  const databases = [...info.matchAll(/^db\d+:keys=(\d+),expires=(\d+)/gm)];
  const keys = databases.reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    used_memory_bytes: number('used_memory'),
    dataset_bytes: keys === 0 ? 0 : number('used_memory_dataset'),
    maxmemory_bytes: number('maxmemory') || undefined,
    keys,
    keys_with_expiry: databases.reduce((sum, [, , expires]) => sum + Number(expires), 0),
  };
}
