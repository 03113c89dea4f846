import { BytesIEC, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { stateTimeline } from '../glances.ts';
import { meaning, palette } from '../palette.ts';
import { text, timeSeries } from '../panels.ts';
import { ofService } from '../queries.ts';

const blind = 'Absent: the lab is blind, or the service is down';
const byLeak = {
  cache: palette.blue,
  listeners: palette.orange,
  history: palette.green,
  closures: palette.purple,
} as const;

/** What only a lab can show: the leaks' own count. In a blind lab nothing of it is there. */
export const whatTheLabKnows: Row = {
  title: 'What the lab knows',
  panels: [
    text({
      title: 'No service in production has these',
      teaches: 'Why the panels of this row may be empty.',
      width: 5,
      height: 8,
      markdown: [
        'The leaks count what they hold. Use it to check what you concluded from the rows above, not to find it.',
        '',
        '**In blind mode these metrics are absent**, as they would be in life: the panels of this row stay empty, and that is right. Solve it with the rest.',
      ].join('\n'),
    }),
    stateTimeline({
      title: 'Leaks on and off',
      teaches: 'Which leak was switched on, and when. Compare with where the climb above begins.',
      unit: Short,
      width: 7,
      height: 8,
      series: [{ expr: ofService('leak_enabled'), legend: '{{leak}}' }],
      states: [
        { value: 0, word: 'off', colour: meaning.quiet },
        { value: 1, word: 'on', colour: meaning.careful },
      ],
      empty: blind,
    }),
    timeSeries({
      title: 'What each leak holds',
      teaches:
        'Bytes that each leak holds by its own count. Set it against the climb of memory after collection: they should be of one size, within 15 %.',
      unit: BytesIEC,
      width: 6,
      height: 8,
      min: 0,
      series: [{ expr: ofService('leak_retained_bytes'), legend: '{{leak}}', colours: byLeak }],
      empty: blind,
    }),
    timeSeries({
      title: 'Things each leak holds',
      teaches:
        'Entries that each leak holds: one for each request, event or connection that it kept. Their number against the requests says what it grows by.',
      unit: Short,
      width: 6,
      height: 8,
      min: 0,
      series: [{ expr: ofService('leak_entries'), legend: '{{leak}}', colours: byLeak }],
      empty: blind,
    }),
  ],
};
