import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { jaeger, leakyService } from './queries.ts';

export type LinkSource = Builder<DashboardLink>;

export const uids = {
  investigation: 'memory-leak-investigation',
  labHealth: 'lab-health',
  runbooks: 'runbooks',
} as const;

/** A place where Grafana puts a value in. */
const variable = (name: string): string => `\${${name}}`;

/**
 * A search of the service's traces in Grafana's Explore: it needs no port of Jaeger's own page. What Grafana puts in
 * for its variables must stay as it is, so the JSON is escaped around it.
 */
function explore(query: Readonly<Record<string, unknown>>): string {
  const panes = {
    traces: {
      datasource: jaeger.uid,
      queries: [{ refId: 'A', datasource: jaeger, queryType: 'search', service: leakyService, ...query }],
      range: { from: variable('__from'), to: variable('__to') },
    },
  };
  const escaped = encodeURIComponent(JSON.stringify(panes)).replaceAll(/%24%7B(.*?)%7D/g, (_, name: string) =>
    variable(decodeURIComponent(name)),
  );
  return `/explore?schemaVersion=1&orgId=1&panes=${escaped}`;
}

/** From a point of a line of durations to the traces of requests that took as long or longer. */
export const slowerTraces: LinkSource = new DashboardLinkBuilder('Traces of requests this slow or slower')
  .url(explore({ limit: 20, minDuration: `${variable('__value.numeric')}s` }))
  .targetBlank(true);

const link = (title: string, url: string, tooltip: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).tooltip(tooltip);

const toDashboard = (title: string, uid: string, tooltip: string): LinkSource =>
  link(title, `/d/${uid}`, tooltip).icon('dashboard').keepTime(true);

export const toInvestigation = toDashboard(
  'Memory Leak Investigation',
  uids.investigation,
  'The story of a leak, from the climb to the death',
);
export const toLabHealth = toDashboard('Lab health', uids.labHealth, 'Whether what measures can be trusted');
export const toRunbooks = toDashboard('Runbooks', uids.runbooks, 'What each alert means, and what to do');
export const toTraces = link('Traces', explore({ limit: 50 }), 'The service’s traces in Jaeger')
  .icon('external link')
  .targetBlank(true);

/** The console's page. Its port is the one of `.env` when the dashboards were written. */
export const toConsole = (port: string): LinkSource =>
  link('Console', `http://localhost:${port}`, 'Lines that allocate, snapshots, deaths')
    .icon('external link')
    .targetBlank(true);
