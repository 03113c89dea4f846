import { BytesIEC, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { stateTimeline } from '../glances.ts';
import { meaning } from '../palette.ts';
import { timeSeries } from '../panels.ts';
import { ofService } from '../queries.ts';

const use = ofService('container_memory_usage_bytes');
const limit = ofService('container_memory_limit_bytes');
const minute_seconds = 60;
const hour_seconds = 3600;

/** Of the life that is now: over a restart, predict_linear would take the fall for a trend. */
const ofLife = ofService('process:memory_usage_bytes:sum');
const useIn = (seconds: number): string =>
  `max without (process_start) (predict_linear(${ofLife}[$window], ${seconds}) and ${ofLife})`;
const byPrediction = `(${limit} - ${use}) * ${minute_seconds} / (${useIn(minute_seconds)} - ${useIn(0)} > 0)`;

/** How long it lives, and how long it has. */
export const deathsAndTimeLeft: Row = {
  title: 'Deaths and time to the limit',
  panels: [
    timeSeries({
      title: 'Time to the limit, told in two ways',
      teaches:
        'Seconds until the limit, if it goes on so. The orange line is what predict_linear makes of the use, garbage and all: it jumps with every collection. The violet one is the recording rule’s regression of what collections leave: steadier, and later to notice. Trust them where they meet. Above an hour is drawn as an hour; absent while nothing climbs; alerts begin at ten minutes (dashed).',
      unit: Seconds,
      width: 12,
      height: 9,
      min: 0,
      series: [
        {
          expr: `clamp_max(${ofService('instance:memory_to_limit_seconds:regression')}, ${hour_seconds})`,
          legend: 'regression of the rule',
          colour: meaning.afterGc,
        },
        {
          expr: `clamp_max(${byPrediction}, ${hour_seconds})`,
          legend: 'predict_linear',
          colour: meaning.buffers,
        },
      ],
      marks: [
        { from: null, colour: 'transparent' },
        { from: 600, colour: meaning.bad },
      ],
      empty: 'Nothing climbs',
    }),
    timeSeries({
      title: 'Use in a minute, if it goes on',
      teaches:
        'The use now, and where predict_linear puts it in a minute’s time. Where the orange line crosses the limit, the service has less than a minute. It overshoots after each change of load: the prediction knows only the window chosen above.',
      unit: BytesIEC,
      width: 12,
      height: 9,
      min: 0,
      series: [
        { expr: limit, legend: 'limit', colour: meaning.limit, dashed: true },
        { expr: use, legend: 'use now', colour: meaning.use },
        { expr: useIn(minute_seconds), legend: 'use in a minute', colour: meaning.buffers },
      ],
    }),
    timeSeries({
      title: 'Age of the process',
      teaches:
        'Climbs by a second each second, and falls to 0 at each start: the teeth are lives. Lives of one length under one load are the mark of a leak; the height of a tooth is what the next one can expect.',
      unit: Seconds,
      width: 12,
      height: 7,
      min: 0,
      series: [
        { expr: `time() - ${ofService('process_start_time_seconds')}`, legend: 'age', colour: meaning.use },
      ],
    }),
    stateTimeline({
      title: 'Did it answer?',
      teaches:
        'Whether the service answered when Prometheus asked for its metrics, each 2 s. A short gap is a death and a restart; one of a single scrape can be a long collection that made it answer too late.',
      unit: Short,
      width: 12,
      height: 7,
      series: [{ expr: ofService('up'), legend: '{{instance}}' }],
      states: [
        { value: 0, word: 'no answer', colour: meaning.bad },
        { value: 1, word: 'answers', colour: meaning.good },
      ],
    }),
  ],
};
