import { BytesIEC, CountsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { meaning, palette } from '../palette.ts';
import { timeSeries } from '../panels.ts';
import { ofService, rateOf } from '../queries.ts';

const absent = 'No Valkey was needed: docker compose --profile keys up -d starts one';

/** The server that the service writes to: what grows there is seen nowhere in the service. */
export const valkey: Row = {
  title: 'Valkey',
  panels: [
    timeSeries({
      title: 'Memory of Valkey',
      teaches:
        'What Valkey has taken, against where it begins to refuse writes. It belongs to another process: while this climbs, every panel about the service’s memory may be level. It climbs with the requests and stays when the load is gone: something is written there that never goes.',
      unit: BytesIEC,
      width: 8,
      height: 8,
      min: 0,
      series: [
        { expr: ofService('valkey_maxmemory_bytes'), legend: 'limit', colour: meaning.limit },
        { expr: ofService('valkey_used_memory_bytes'), legend: 'used', colour: meaning.use },
      ],
      empty: absent,
    }),
    timeSeries({
      title: 'Keys in Valkey',
      teaches:
        'All keys, and those of them that go by themselves since they have an expiry. Where the two lie on each other, all that is written goes again, and their number levels out under an even load. The gap between them is what stays for ever.',
      unit: Short,
      width: 8,
      height: 8,
      min: 0,
      series: [
        { expr: ofService('valkey_keys'), legend: 'keys', colour: meaning.use },
        { expr: ofService('valkey_keys_with_expiry'), legend: 'with an expiry', colour: meaning.good },
      ],
      empty: absent,
    }),
    timeSeries({
      title: 'Commands to Valkey',
      teaches:
        'Commands that ended in a second, by how. “full”: Valkey is at its limit and refuses writes. “timeout” and “unavailable”: it hangs or is gone. “refused”: too many were under way. Requests are answered all the same; what they wanted to keep is not kept.',
      unit: CountsPerSecond,
      width: 8,
      height: 8,
      min: 0,
      series: [
        {
          expr: `sum by (outcome) (${rateOf(ofService('valkey_commands_total'))}) > 0`,
          legend: '{{outcome}}',
          colours: {
            success: palette.green,
            full: palette.vermillion,
            timeout: palette.orange,
            error: palette.purple,
            refused: palette.sky,
            unavailable: palette.grey,
          },
        },
      ],
      empty: 'No commands to a Valkey',
    }),
  ],
};
