import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string) => parse(readFileSync(new URL(path, import.meta.url), 'utf8'), { merge: true });

interface DataSource {
  readonly uid: string;
  readonly type: string;
  readonly url: string;
  readonly isDefault?: boolean;
  readonly jsonData?: {
    readonly exemplarTraceIdDestinations?: { readonly name: string; readonly datasourceUid: string }[];
  };
}

const { datasources } = read('../provisioning/datasources/datasources.yaml') as { datasources: DataSource[] };
const { providers } = read('../provisioning/dashboards/dashboards.yaml');
const { services } = read('../../docker-compose.yml');

it('has Prometheus, the default, and Jaeger under fixed uids', () =>
  expect(datasources.map(({ uid, type, isDefault = false }) => [uid, type, isDefault])).toEqual([
    ['prometheus', 'prometheus', true],
    ['jaeger', 'jaeger', false],
  ]));

it('asks services that the compose file has', () => {
  for (const { url } of datasources) expect(services).toHaveProperty(new URL(url).hostname);
});

it('leads from an exemplar to its trace in Jaeger', () => {
  const [prometheus] = datasources;
  expect(prometheus?.jsonData?.exemplarTraceIdDestinations).toEqual([
    { name: 'trace_id', datasourceUid: 'jaeger' },
  ]);
});

it('looks for dashboards where the compose file mounts them', () => {
  const mounts: string[] = services.grafana.volumes;
  expect(mounts).toContain(`./grafana/dashboards:${providers[0].options.path}:ro`);
  expect(mounts).toContain('./grafana/provisioning:/etc/grafana/provisioning:ro');
});

it('shows the investigation first, and all that it links to', () => {
  const { GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: home } = services.grafana.environment;
  expect(home).toBe(`${providers[0].options.path}/memory-leak-investigation.json`);
});

it('lets anybody on this machine look, admin log in, and nobody sign up', () =>
  expect(services.grafana.environment).toMatchObject({
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_SECURITY_ADMIN_USER: 'admin',
    GF_SECURITY_ADMIN_PASSWORD: 'admin',
    GF_USERS_ALLOW_SIGN_UP: 'false',
  }));

it('neither tells anybody outside nor loads anything from there', () => {
  const { environment } = services.grafana;
  for (const off of [
    'GF_ANALYTICS_REPORTING_ENABLED',
    'GF_ANALYTICS_CHECK_FOR_UPDATES',
    'GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES',
    'GF_NEWS_NEWS_FEED_ENABLED',
    'GF_SNAPSHOTS_EXTERNAL_ENABLED',
    'GF_PLUGINS_PLUGIN_ADMIN_ENABLED',
  ])
    expect(environment[off], off).toBe('false');
  for (const on of ['GF_PLUGINS_PREINSTALL_DISABLED', 'GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED'])
    expect(environment[on], on).toBe('true');
  expect(environment).not.toHaveProperty('GF_INSTALL_PLUGINS');
  expect(environment).not.toHaveProperty('GF_PLUGINS_PREINSTALL');
});
