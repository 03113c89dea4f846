/** Writes the dashboards as Grafana reads them: npm run dashboards */
import { writeFileSync } from 'node:fs';
import { dashboardFiles, dashboardsDirectory } from './src/files.ts';

for (const [name, json] of dashboardFiles()) {
  writeFileSync(new URL(name, dashboardsDirectory), json);
  console.log(`grafana/dashboards/${name}`);
}
