import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type AlertName, alertNames } from './alerts.ts';
import { investigation } from './investigation.ts';
import { labHealth } from './lab-health.ts';
import { runbooks } from './runbooks.ts';

export const dashboardsDirectory = new URL('../dashboards/', import.meta.url);

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The dashboards as they are committed: name of the file and what is in it. */
export function dashboardFiles(): ReadonlyMap<string, string> {
  const consolePort = parseEnv(read('.env'))['CONSOLE_PORT'];
  if (!consolePort)
    throw new Error('Expected CONSOLE_PORT in .env, got none. The link to the console needs it.');
  const pages = Object.fromEntries(alertNames.map((alert) => [alert, read(`docs/runbooks/${alert}.md`)]));
  const built = [
    investigation(consolePort),
    labHealth(consolePort),
    runbooks(pages as Record<AlertName, string>),
  ];
  return new Map(built.map((one) => [`${one.uid}.json`, `${JSON.stringify(one, null, 2)}\n`]));
}
