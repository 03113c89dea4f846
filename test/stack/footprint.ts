import { docker, type Stack } from './stack.ts';

/** What all containers of a stack take together. */
export interface Footprint {
  readonly memory_bytes: number;
  /** Of one core. */
  readonly processor_share: number;
  readonly parts: Readonly<
    Record<string, { readonly memory_bytes: number; readonly processor_share: number }>
  >;
}

const unit_bytes: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** Looks so often at what the engine says of the stack's containers; each look takes about two seconds. Means of all. */
export async function measureFootprint(stack: Stack, looks: number): Promise<Footprint> {
  const parts: Record<string, { memory_bytes: number; processor_share: number }> = {};
  const ids = (await stack.compose('ps', '--quiet')).stdout.split('\n').filter(Boolean);
  for (let look = 0; look < looks; look++) {
    const { stdout } = await docker([
      'stats',
      '--no-stream',
      '--format',
      '{{.Name}} {{.CPUPerc}} {{.MemUsage}}',
      ...ids,
    ]);
    for (const line of stdout.split('\n').filter(Boolean)) {
      const [, name = '', percent, size, unit = ''] =
        /^\S+?-([a-z-]+)-1 ([\d.]+)% ([\d.]+)([KMG]?i?B)/.exec(line.replace(stack.project, 'stack')) ?? [];
      parts[name] ??= { memory_bytes: 0, processor_share: 0 };
      parts[name].memory_bytes += (Number(size) * (unit_bytes[unit] ?? Number.NaN)) / looks;
      parts[name].processor_share += Number(percent) / 100 / looks;
    }
  }
  const sum = (what: 'memory_bytes' | 'processor_share') =>
    Object.values(parts).reduce((total, part) => total + part[what], 0);
  return { memory_bytes: sum('memory_bytes'), processor_share: sum('processor_share'), parts };
}
