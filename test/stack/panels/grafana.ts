import { describe, expect, it } from 'vitest';
import { type CommittedPanel, committed, queriedPanels } from '../../../grafana/test/committed.ts';
import { getJson } from '../ask.ts';
import type { Stack } from '../stack.ts';
import { fill, type Span, type Variables } from './draw.ts';
import { withOwnCase } from './expectations.ts';

/** What has happened in the stack before these tests, and the variables as Grafana would set them. */
export interface Scene {
  readonly stack: Stack;
  /** With load and a leak. */
  readonly span: Span;
  readonly variables: Variables;
}

interface Frame {
  readonly schema: { readonly meta?: { readonly custom?: { readonly resultType?: string } } };
  readonly data: { readonly values: readonly (readonly unknown[])[] };
}
interface QueryAnswer {
  readonly results: Readonly<
    Record<string, { readonly status: number; readonly error?: string; readonly frames?: readonly Frame[] }>
  >;
}

/** Grafana itself, as a visitor sees it who has not logged in, unless it says otherwise. */
export function describeGrafana(scene: () => Scene): void {
  const at = (path: string) => scene().stack.url.grafana + path;
  const asAdmin = (password: string) => ({
    headers: { authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` },
  });

  async function ask(panel: CommittedPanel): Promise<QueryAnswer> {
    const { span, variables } = scene();
    const queries = (panel.targets ?? []).map((target) => ({
      ...target,
      expr: fill(target.expr, variables, span),
      intervalMs: 2_000,
      maxDataPoints: 1_000,
    }));
    const response = await fetch(at('/api/ds/query'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        queries,
        from: `${Math.round(span.from_seconds * 1000)}`,
        to: `${Math.round(span.to_seconds * 1000)}`,
      }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as QueryAnswer;
  }

  describe('Grafana', () => {
    it('is well', async () => expect(await getJson(at('/api/health'))).toMatchObject({ database: 'ok' }));

    it.for(['prometheus', 'jaeger'])('reaches the data source %s', async (uid) =>
      expect(await getJson(at(`/api/datasources/uid/${uid}/health`))).toMatchObject({ status: 'OK' }),
    );

    it('shows the investigation first', async () => {
      const { dashboard } = await getJson<{ dashboard: { title: string } }>(at('/api/dashboards/home'));
      expect(dashboard.title).toBe('Memory Leak Investigation');
    });

    it.for(committed)('has "$title" by its uid, with all of its panels', async ({ uid, title, panels }) => {
      const { dashboard, meta } = await getJson<{
        dashboard: { title: string; panels: { id: number }[] };
        meta: { provisioned: boolean; folderUid: string };
      }>(at(`/api/dashboards/uid/${uid}`));
      expect(meta).toMatchObject({ provisioned: true, folderUid: 'leak-lab' });
      expect(dashboard.title).toBe(title);
      expect(dashboard.panels.map(({ id }) => id)).toEqual(panels.map(({ id }) => id));
    });

    it.for(queriedPanels.filter(({ row, panel }) => !withOwnCase.includes(`${row} / ${panel.title}`)))(
      'draws "$row / $panel.title"',
      async ({ panel }) => {
        const { results } = await ask(panel);
        for (const { refId, expr } of panel.targets ?? []) {
          const { status, error, frames = [] } = results[refId] ?? { status: 0 };
          expect([status, error], expr).toEqual([200, undefined]);
          expect(frames.flatMap(({ data }) => data.values[1] ?? []).length, expr).toBeGreaterThan(0);
        }
      },
    );

    it('leads from a dot to its trace', async () => {
      const duration = queriedPanels.find(({ panel }) => panel.title === 'Duration')?.panel;
      if (!duration) throw new Error('Expected a panel "Duration"');
      const { results } = await ask(duration);
      const dots = Object.values(results)
        .flatMap(({ frames = [] }) => frames)
        .filter(({ schema }) => schema.meta?.custom?.resultType === 'exemplar');
      const [id] = dots
        .flatMap(({ data }) => data.values.flat())
        .filter((value): value is string => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value));
      expect(id).toBeDefined();
      // The same way as Explore goes, through the data source that the dot names.
      const { data } = await getJson<{ data: { traceID: string }[] }>(
        at(`/api/datasources/proxy/uid/jaeger/api/traces/${id}`),
      );
      expect(data[0]?.traceID).toBe(id);
    });

    it('lets in admin with admin, and nobody with another password', async () => {
      const user = await (await fetch(at('/api/user'), asAdmin('admin'))).json();
      expect(user).toMatchObject({ login: 'admin', isGrafanaAdmin: true });
      expect((await fetch(at('/api/user'), asAdmin('wrong'))).status).toBe(401);
    });

    it('lets nobody sign up, nor change what comes from files', async () => {
      const settings = await getJson<Record<string, unknown>>(at('/api/frontend/settings'));
      expect(settings).toMatchObject({ disableUserSignUp: true, disableLoginForm: false });
      const [dashboard] = committed;
      const save = await fetch(at('/api/dashboards/db'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ dashboard, overwrite: true }),
      });
      expect(save.status).toBeGreaterThanOrEqual(400);
    });

    it('has all plugins that it needs, and loads none from elsewhere', async () => {
      const plugins = (await (await fetch(at('/api/plugins'), asAdmin('admin'))).json()) as { id: string }[];
      expect(plugins.map(({ id }) => id)).toEqual(expect.arrayContaining(['prometheus', 'jaeger']));
      const settings = await getJson<{ panels: object }>(at('/api/frontend/settings'));
      const drawn = new Set(queriedPanels.map(({ panel }) => panel.type));
      expect(Object.keys(settings.panels)).toEqual(expect.arrayContaining([...drawn]));
      const { stdout, stderr } = await scene().stack.compose('logs', '--no-color', 'grafana');
      expect(stdout + stderr).not.toMatch(/installing plugin|downloaded and extracted/i);
    });
  });
}
