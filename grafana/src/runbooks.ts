import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { type AlertName, alertNames } from './alerts.ts';
import { dashboard } from './dashboard.ts';
import { toInvestigation, toLabHealth, uids } from './links.ts';
import { text } from './panels.ts';

/** Height of a line of text as a panel shows it, in a dashboard's rows of 30 pixels; long lines break once or twice. */
const rowsPerLine = 1.1;
const frame_rows = 2;

/** The pages of docs/runbooks side by side, where whoever sees an alert can read them. */
export function runbooks(pages: Readonly<Record<AlertName, string>>): Dashboard {
  const panels = alertNames.map((alert) =>
    text({
      title: alert,
      teaches: `What ${alert} means, and what to do. It is docs/runbooks/${alert}.md.`,
      width: 12,
      height: Math.ceil(tallest(pages) * rowsPerLine) + frame_rows,
      markdown: pages[alert].replace(/^# .*\n+/, ''),
    }),
  );
  return dashboard({
    uid: uids.runbooks,
    title: 'Runbooks',
    description: 'What each alert means, what to look at, what to do.',
    rows: [{ title: 'Alerts', panels }],
    variables: [],
    annotations: [],
    links: [toInvestigation, toLabHealth],
  });
}

function tallest(pages: Readonly<Record<AlertName, string>>): number {
  return Math.max(...Object.values(pages).map((page) => page.split('\n').length));
}
