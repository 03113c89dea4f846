import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Now } from '../../services/console/src/api/contract.ts';
import { labTest, until } from '../embedded/support/lab-command.ts';
import { launch, openPage } from './support/browser.ts';

const folder = join(import.meta.dirname, '../../docs/pictures');
const schemes = ['light', 'dark'] as const;

/** The load and the leak of the pictures: from nothing to the limit in about two minutes. */
const load = ['load', '--engine', 'autocannon', '--rate', '120'];
const nearTheEnd_seconds = 45;
/** Of the course: a climb that is seen, and the pause that lab 02 asks for. */
const climbed_bytes = 115 * 1024 ** 2;
const held_ms = 12_000;

let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  browser = await launch();
});

afterAll(async () => browser?.close());

/** `npm run pictures`: each page of a real lab on its way from a leak to its death, light and dark. */
labTest('pictures of each page', async ({ lab }) => {
  const { console: running } = await lab.up();
  if (running === undefined) throw new Error('the lab came up without a console');
  const { page, goto } = await openPage(browser, running.url, {
    deviceScaleFactor: 1.5,
    viewport: { width: 1440, height: 620 },
  });
  const now = () =>
    page.request.get(`${running.url}/api/now`).then((answer) => answer.json() as Promise<Now>);
  const snapshot = () => page.request.post(`${running.url}/api/snapshots`, { data: {} });

  lab.start(...load);
  await goto('#/live');
  await reached(
    now,
    'a quarter of a minute of plain load',
    ({ sample }) => (sample?.requests_total ?? 0) > 2000,
  );
  await snapshot();
  await lab.run('leak', 'cache', 'on');
  await reached(now, 'a leak to see', ({ leaks = [] }) => leaks.some(({ entries }) => entries > 1500));
  await snapshot();
  const listed = await page.request.get(`${running.url}/api/snapshots`).then((answer) => answer.json());
  const [before, after] = listed.snapshots.map(({ id }: { id: number }) => id).sort();
  await page.request.post(`${running.url}/api/diffs`, { data: { before, after } });
  await goto('#/evidence');
  await page.getByRole('table', { name: 'Classes' }).waitFor();
  await page.getByRole('table', { name: 'Growing' }).waitFor();
  await take(page, 'evidence');
  await goto('#/leaks');
  await take(page, 'leaks');
  await goto('#/download');
  await take(page, 'download');
  await goto('#/live?window=60');
  await reached(
    now,
    'the limit to come near',
    ({ growth: { seconds_to_limit: left } }) => left !== null && left.value < nearTheEnd_seconds,
  );
  await take(page, 'live');
  await until('the death', () => lab.deaths()[0], 180_000);
  await goto('#/deaths');
  await page.getByRole('article').locator('canvas').first().waitFor();
  await take(page, 'deaths');
});

labTest('picture of a lab of the course that runs', async ({ lab }) => {
  const { console: running } = await lab.up();
  if (running === undefined) throw new Error('the lab came up without a console');
  const { page, goto } = await openPage(browser, running.url, {
    deviceScaleFactor: 1.5,
    viewport: { width: 1440, height: 900 },
  });
  await goto('#/course/02');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('radio', { name: 'leak', exact: true }).check();
  const now = () =>
    page.request.get(`${running.url}/api/now`).then((answer) => answer.json() as Promise<Now>);
  await reached(now, 'a climb to see', ({ sample }) => (sample?.usage_bytes ?? 0) > climbed_bytes);
  await page.getByRole('button', { name: 'Hold them off' }).click();
  await page.getByText('No customers ask.').waitFor();
  await page.waitForTimeout(held_ms);
  await page.getByRole('button', { name: 'Collect garbage' }).click();
  await page.getByRole('listitem').filter({ hasText: '(done)' }).waitFor();
  await page.getByRole('radio', { name: 'leak', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('2 of 4 done', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Collect garbage' }).waitFor();
  await page.evaluate(
    "document.activeElement.blur(); scrollTo(0, 0); document.querySelector('.checks').scrollTo(0, 0)",
  );
  await take(page, 'course', false);
});

async function take(page: Page, name: string, fullPage = true): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    // Two frames: the canvas is drawn again when the colours have changed.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage });
  }
}

/** Waits until the console's word satisfies. */
async function reached(
  now: () => Promise<Now>,
  what: string,
  satisfies: (now: Now) => boolean,
): Promise<void> {
  let last: Now | undefined;
  const poll = setInterval(async () => {
    last = await now().catch(() => undefined);
  }, 500);
  await until(what, () => last !== undefined && satisfies(last), 120_000).finally(() => clearInterval(poll));
}
