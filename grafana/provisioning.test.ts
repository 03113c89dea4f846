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

const { datasources } = read('./provisioning/datasources/datasources.yaml') as { datasources: DataSource[] };
const { providers } = read('./provisioning/dashboards/dashboards.yaml');
const { services } = read('../docker-compose.yml');

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
