import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { annotations } from './annotations.ts';
import { dashboard } from './dashboard.ts';
import { collector } from './lab-health/collector.ts';
import { jaegerRow } from './lab-health/jaeger.ts';
import { scrapes } from './lab-health/scrapes.ts';
import { toConsole, toInvestigation, toRunbooks, toTraces, uids } from './links.ts';
import { anyInstance, lookBack } from './variables.ts';

/** Whether what measures can be trusted. `consolePort`: where the console's page is. */
export function labHealth(consolePort: string): Dashboard {
  return dashboard({
    uid: uids.labHealth,
    title: 'Lab health',
    description:
      'Do the metrics and traces arrive? A hole in the other dashboard is explained here: whether nothing happened, or nothing was seen.',
    rows: [scrapes, collector, jaegerRow],
    variables: [anyInstance, lookBack],
    annotations,
    links: [toInvestigation, toConsole(consolePort), toTraces, toRunbooks],
  });
}
