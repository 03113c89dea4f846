/** The dashboards as they are committed, which is how Grafana reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import type {
  AnnotationQuery,
  Dashboard,
  Panel,
  RowPanel,
  VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { dashboardsDirectory } from '../src/files.ts';

export interface CommittedDashboard extends Omit<Dashboard, 'panels'> {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly (CommittedPanel | CommittedRow)[];
}

export type CommittedRow = RowPanel & { readonly type: 'row'; readonly id: number; readonly title: string };
export interface CommittedPanel extends Omit<Panel, 'targets'> {
  readonly id: number;
  readonly title: string;
  readonly targets?: readonly Target[];
}
export type Target = Dataquery & { readonly refId: string; readonly legendFormat: string };

export const isRow = (panel: CommittedPanel | CommittedRow): panel is CommittedRow => panel.type === 'row';

export const committed: readonly CommittedDashboard[] = readdirSync(dashboardsDirectory)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, dashboardsDirectory), 'utf8')));

/** Every panel that is no row, under its row and dashboard. */
export const panels = committed.flatMap((dashboard) => {
  let row = '';
  return dashboard.panels.flatMap((panel) => {
    if (isRow(panel)) row = panel.title;
    return isRow(panel) ? [] : [{ dashboard: dashboard.title, row, panel }];
  });
});

export const queriedPanels = panels.filter(({ panel }) => panel.targets !== undefined);

export const annotationsOf = ({ annotations }: CommittedDashboard): readonly AnnotationQuery[] =>
  annotations.list ?? [];
export const variablesOf = ({ templating }: CommittedDashboard): readonly VariableModel[] =>
  templating.list ?? [];
/** What an annotation asks. */
export const queryOf = ({ target }: AnnotationQuery): Dataquery => target as Dataquery;
