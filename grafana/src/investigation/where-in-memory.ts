import { BytesIEC } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { meaning, palette } from '../palette.ts';
import { timeSeries } from '../panels.ts';
import { ofService } from '../queries.ts';

/** Which part of the process holds what grows? It decides which tool finds it. */
export const whereInMemory: Row = {
  title: 'Where in memory',
  panels: [
    timeSeries({
      title: 'Spaces of the heap',
      teaches:
        'V8’s spaces on top of each other. “old” is what survived collections: a leak of objects grows here. “large_object” holds arrays and texts beyond half a megabyte: one Map that grows shows here too. “new” swings all the time and means nothing. Nothing grows here, and memory climbs? Look right.',
      unit: BytesIEC,
      width: 8,
      height: 9,
      stacked: true,
      min: 0,
      series: [
        {
          expr: `sum by (space) (${ofService('nodejs_heap_space_size_used_bytes')}) > 0`,
          legend: '{{space}}',
          colours: {
            old: palette.purple,
            new: palette.grey,
            large_object: palette.orange,
            code: palette.sky,
            trusted: palette.blue,
            new_large_object: palette.green,
            code_large_object: palette.vermillion,
          },
        },
      ],
    }),
    timeSeries({
      title: 'Outside the heap',
      teaches:
        'What objects own outside of the heap. Buffers are bytes of network and files: a leak of buffers grows here while the heap stays level, and a heap snapshot shows little of it. External memory is what native code holds for objects. The stack grows with calls inside calls only.',
      unit: BytesIEC,
      width: 8,
      height: 9,
      stacked: true,
      min: 0,
      series: [
        { expr: ofService('nodejs_array_buffers_bytes'), legend: 'array buffers', colour: meaning.buffers },
        {
          expr: `${ofService('nodejs_external_memory_bytes')} - ${ofService('nodejs_array_buffers_bytes')}`,
          legend: 'other external memory',
          colour: meaning.external,
        },
        { expr: ofService('process_stack_bytes'), legend: 'stack', colour: palette.blue },
      ],
    }),
    timeSeries({
      title: 'The heap: reserved, used, alive',
      teaches:
        'V8 takes memory in pages (reserved), fills them (used) and empties them at collections (alive: what the last one left). Used between alive and reserved is normal. Reserved far above alive after a peak is memory not given back yet, and no leak. At the dashed line V8 itself ends the process, where the container’s limit does not come first.',
      unit: BytesIEC,
      width: 8,
      height: 9,
      min: 0,
      series: [
        {
          expr: ofService('nodejs_heap_size_limit_bytes'),
          legend: 'V8’s limit',
          colour: meaning.limit,
          dashed: true,
        },
        { expr: ofService('nodejs_heap_size_total_bytes'), legend: 'reserved', colour: meaning.resident },
        { expr: ofService('nodejs_heap_size_used_bytes'), legend: 'used', colour: meaning.use },
        { expr: ofService('nodejs_heap_used_after_gc_bytes'), legend: 'alive', colour: meaning.afterGc },
      ],
    }),
  ],
};
