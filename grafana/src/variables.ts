import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  CustomVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { leakyService, prometheus } from './queries.ts';

export type VariableSource = Builder<VariableModel>;

/** Whom Prometheus asks: one at a time, so that a legend names one thing. */
function instanceOf(matchers: string): QueryVariableBuilder {
  const query = `label_values(up${matchers}, instance)`;
  return new QueryVariableBuilder('instance')
    .label('Instance')
    .description('Whose metrics are shown.')
    .datasource(prometheus)
    .query({ query, refId: 'instances' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(false);
}

export const serviceInstance: VariableSource = instanceOf(`{job="${leakyService}"}`).includeAll(false);

/** All that Prometheus asks, or one of them. */
export const anyInstance: VariableSource = instanceOf('').includeAll(true).allValue('.+').current({
  text: 'All',
  value: '$__all',
});

/**
 * Over how long rates and predictions look back. The shortest is fifteen scrapes of the service, and six
 * of the rest.
 */
export const windows = ['30s', '1m', '2m', '5m'] as const;
const usual = '1m' satisfies (typeof windows)[number];

export const lookBack: VariableSource = new CustomVariableBuilder('window')
  .label('Window')
  .description(
    'Over how long rates and predictions look back. Short: notices soon, and jumps. Long: steady, and late.',
  )
  .values(windows.join(','))
  .current({ text: usual, value: usual })
  .options(windows.map((window) => ({ text: window, value: window, selected: window === usual })))
  .multi(false)
  .includeAll(false);
