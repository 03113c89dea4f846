import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type AnnotationQuery, AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';
import { type Colour, meaning, palette } from './palette.ts';
import { ofCallers, ofService, prometheus } from './queries.ts';

export type AnnotationSource = Builder<AnnotationQuery>;

interface AnnotationSpec {
  readonly name: string;
  readonly colour: Colour;
  /** Grafana marks from the first value above 0 to the last one of an unbroken run: a beginning and an end. */
  readonly expr: string;
  readonly title: string;
  readonly text: string;
  readonly tags?: string;
  /** The values are times, in milliseconds: each is marked where it says. */
  readonly valueIsTime?: boolean;
}

/** As often as the service is asked: an edge is two seconds off at most. */
const step = '2s';

function annotation(spec: AnnotationSpec): AnnotationSource {
  const query = new DataqueryBuilder()
    .refId('Anno')
    .datasource(prometheus)
    .editorMode(QueryEditorMode.Code)
    .expr(spec.expr)
    .interval(step)
    .range();
  return new AnnotationQueryBuilder()
    .name(spec.name)
    .datasource(prometheus)
    .enable(true)
    .hide(false)
    .iconColor(spec.colour)
    .target(query)
    .titleFormat(spec.title)
    .textFormat(spec.text)
    .tagKeys(spec.tags ?? '')
    .useValueForTime(spec.valueIsTime ?? false);
}

/** Fewer requests than these are a person's clicks and the console's looks: the console's page draws the line here too. */
const loadFrom_perSecond = 10;

const asked = ofCallers('http_requests_total');
const startTime = ofService('process_start_time_seconds');

export const annotations: readonly AnnotationSource[] = [
  annotation({
    name: 'Leaks on',
    colour: palette.orange,
    expr: `${ofService('leak_enabled')} == 1`,
    title: 'leak {{leak}}',
    text: 'On from the left edge to the right one.',
    tags: 'leak',
  }),
  annotation({
    name: 'Load',
    colour: palette.blue,
    // Of the last two scrapes, and not of a process that is gone: else an end would be seen as late as a rate forgets.
    expr: `sum(irate(${asked}[20s]) and ${asked}) > ${loadFrom_perSecond}`,
    title: 'load',
    text: 'From the beginning of the load to its end.',
  }),
  annotation({
    name: 'Deaths',
    colour: meaning.bad,
    // No answer; or, where the new process answered at the very next scrape, the change itself.
    expr: `(1 - ${ofService('up')} > 0) or (changes(${startTime}[5s]) > 0)`,
    title: 'death',
    text: 'The service did not answer from here on. Why: the console’s page, or ./lab postmortem.',
  }),
  annotation({
    name: 'Starts',
    colour: palette.green,
    expr: `1000 * ${startTime}`,
    title: 'start',
    text: 'A new process began: what the one before held is gone.',
    valueIsTime: true,
  }),
];
