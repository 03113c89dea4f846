import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { labTest, until } from '../embedded/support/lab-command.ts';
import { violations } from './support/axe.ts';
import { launch, openPage } from './support/browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => browser?.close());

/** Takes a snapshot by the page's own button, and waits until it stands on the shelf as number `n`. */
async function takeSnapshot(page: Page, n: number): Promise<void> {
  await page.getByRole('button', { name: /^(Take a snapshot|Raise the limit and take it)$/ }).click();
  await page.getByRole('radio', { name: `Snapshot ${n} as after` }).waitFor({ timeout: 60_000 });
}

labTest(
  'a leak is switched on, seen to climb, compared, dies, and is still explained after',
  async ({ lab }) => {
    const { console: running } = await lab.up();
    if (running === undefined) throw new Error('the lab came up without a console');
    const { page, misdeeds, goto } = await openPage(browser, running.url);

    const load = lab.watch('load', '--engine', 'autocannon', '--rate', '100', '--json');
    await goto('#/leaks');
    await page.getByRole('switch', { name: 'cache', exact: true }).click();
    await page.getByRole('switch', { name: 'cache', exact: true, checked: true }).waitFor();

    await goto('#/evidence');
    await takeSnapshot(page, 1);
    await goto('#/live');
    await page.getByRole('heading', { name: /Memory climbs .+ a request/ }).waitFor({ timeout: 90_000 });
    await goto('#/evidence');
    await takeSnapshot(page, 2);

    await page.getByRole('button', { name: 'Compare 1 with 2' }).click();
    const classes = page.getByRole('table', { name: 'Classes' });
    await classes.waitFor({ timeout: 30_000 });
    await page.getByRole('searchbox').fill('{body');
    await classes
      .getByRole('button', { name: /^\{body/ })
      .first()
      .click();
    const chain = page.getByRole('list', { name: 'From the root to the object' });
    const holders = (await chain.first().getByRole('listitem').allTextContents()).join('\n');
    expect(holders).toContain('ResponseCache');
    expect(holders).toContain('#responses');
    await page
      .getByRole('table', { name: 'Growing' })
      .getByText('features/response-cache.ts')
      .first()
      .waitFor({ timeout: 60_000 });
    await page.getByText('#responses.set(').first().waitFor();
    expect(await violations(page)).toEqual([]);

    // The rest of the way to the limit, faster.
    await lab.run('leak', 'cache', 'on', '--bytes', '400k');
    await goto('#/live');
    await until('the death', () => lab.deaths()[0], 120_000);
    await goto('#/deaths');
    const death = page.getByRole('article');
    await death.getByText(/Killed by|V8 gave up/).waitFor({ timeout: 30_000 });
    await load.interrupt();

    await page.reload();
    await death.getByText(/Killed by|V8 gave up/).waitFor();
    await death.getByText('features/response-cache.ts').first().waitFor();
    await death.locator('canvas').first().waitFor();
    expect(await death.locator('.readout dd').first().textContent()).toMatch(/MB/);
    expect(await violations(page)).toEqual([]);
    await goto('#/evidence');
    await classes.waitFor();
    expect(misdeeds).toEqual([]);
  },
);
