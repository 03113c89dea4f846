import { formatBytes } from '../format/bytes.ts';
import type { Columns } from '../state/series.ts';
import type { PanelSpec } from './panel-spec.ts';

const mebibyte_bytes = 1024 ** 2;

/** Ticks on powers of two, so that a limit of 256 MB is one of them. */
const steps = Array.from({ length: 24 }, (_, power) => 2 ** power * 1024 * 64);

export const memoryLines: PanelSpec['lines'] = [
  { label: 'in use', values: (c) => c.usage_bytes, colour: 'usage', width: 2.25, filled: true },
  { label: 'resident', values: (c) => c.rss_bytes, colour: 'rss', width: 1.25 },
  { label: 'heap', values: (c) => c.heap_used_bytes, colour: 'heap', width: 1.25 },
  {
    label: 'heap after GC',
    values: (c) => c.heap_after_gc_bytes,
    colour: 'after-gc',
    width: 1.75,
    stepped: true,
  },
  { label: 'external', values: (c) => c.external_bytes, colour: 'external', width: 1.25 },
  { label: 'limit', values: (c) => c.limit_bytes, colour: 'limit', width: 1.25, dash: [5, 4] },
];

/** Memory against its limit; `draw` may add what is expected. */
export function memoryPanel(height_px: number, draw?: PanelSpec['draw']): PanelSpec {
  const spec: PanelSpec = {
    title: 'Memory',
    height_px,
    lines: memoryLines,
    format: formatBytes,
    formatTick: (bytes) => formatBytes(bytes).replace('.0', ''),
    steps,
    leastTop: 32 * mebibyte_bytes,
    top: (greatest, columns) => Math.max(greatest, limitOf(columns) ?? 0) * 1.06,
  };
  return draw === undefined ? spec : { ...spec, draw };
}

/** The limit by the last reading; `null` where there is none. */
export function limitOf({ limit_bytes }: Columns): number | null {
  return limit_bytes.findLast((value) => value !== null) ?? null;
}
