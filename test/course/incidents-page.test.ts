import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { buildWeb } from '../../services/console/web/build.ts';
import { labTest as it } from '../embedded/support/lab-command.ts';
import { seedSoon } from './incidents/expectations.ts';
import { violations } from './support/axe.ts';
import { launch, openPage } from './support/browser.ts';

let browser: Browser;

beforeAll(async () => {
  await buildWeb();
  browser = await launch();
});

afterAll(async () => browser?.close());

/** Nothing for axe-core to find, light and dark, and nothing beside a small screen. */
async function expectSound(page: Page): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1440, height: 900 };
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await page.setViewportSize(usual);
}

it('an incident on the page: begun, answered, survived by its answers, scored, and had once more', async ({
  lab,
}) => {
  const { console: running } = await lab.up();
  const { page, misdeeds, goto } = await openPage(browser, running?.url ?? '');
  await goto('#/incidents');
  await page.getByText('None is over so far.').waitFor();
  const begin = page.getByRole('button', { name: 'Begin', exact: true });
  await page.getByLabel('Seed').fill('seven');
  await begin.click();
  await page.getByRole('alert').getByText('seven').waitFor();
  await page.getByLabel('Seed').fill(String(seedSoon(2, ['pool'])));
  await page.getByRole('button', { name: 'Level 2' }).click();
  await begin.click();

  const incident = page.getByRole('region', { name: 'The incident that runs' });
  await incident.getByText('since the call').waitFor();
  const clock = async () => (await incident.getByRole('timer').textContent()) ?? '';
  const first = await clock();
  await expect.poll(clock).not.toBe(first);
  await expectSound(page);

  const item = (words: string) => incident.getByRole('listitem').filter({ hasText: words });
  await item('Is it a leak?').getByRole('radio', { name: 'no leak', exact: true }).click();
  await item('Is it a leak?').getByRole('button', { name: 'Send' }).click();
  await item('Is it a leak?').getByText('(kept)').waitFor();
  await item('Which file').getByRole('textbox').fill('two of them');
  await item('Which file').getByRole('button', { name: 'Send' }).click();
  await item('Which file').getByText('(kept)').waitFor();
  await page.reload();
  await item('Which file').getByText('(kept)').waitFor();
  await incident.getByText('2 of 7 answered').waitFor();

  await goto('#/live');
  await page.getByText('the incident asks you').first().waitFor();
  await goto('#/incidents');
  await incident.getByRole('button', { name: 'End and score' }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  const over = page.getByRole('region', { name: 'What incident 1 brought' });
  await over.getByText('105 of 120 points').waitFor();
  await page.getByRole('img', { name: 'Scores, oldest first: 88 %' }).waitFor();
  await expectSound(page);

  await page.getByRole('button', { name: 'Once more: incident 1' }).click();
  await incident.getByText('0 of 7 answered').waitFor();
  // The seed that is none was refused.
  expect(misdeeds).toEqual([expect.stringContaining('400 (Bad Request)')]);
});
