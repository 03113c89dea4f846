import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../services/console/web/build.ts';
import { violations } from './support/axe.ts';
import { launch, openPage } from './support/browser.ts';
import { type Demo, openDemo } from './support/demo.ts';
import { focused, tabTo } from './support/keyboard.ts';

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  await buildWeb();
  browser = await launch();
});

beforeEach(async () => {
  demo = await openDemo({ blind: true });
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await demo.stop();
});

afterAll(async () => browser?.close());

const size = 'How many bytes stay of each request?';
const itemOf = (page: Page, words: string | RegExp) =>
  page.getByRole('region', { name: 'What is asked' }).getByRole('listitem').filter({ hasText: words });

/** The made-up lab 02, begun. */
async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('textbox', { name: size }).waitFor();
}

/** With all that can stand on it at once: a wrong answer, one that is none, a hint, a question of the page's. */
async function fillWithTroubles(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: size }).fill('3 KB');
  await page.keyboard.press('Enter');
  await itemOf(page, 'far from what was measured').waitFor();
  await page.getByRole('textbox', { name: 'From its start' }).fill('soon');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Expected for seconds_to_limit').waitFor();
  await page.getByRole('button', { name: 'Hint' }).click();
  await page.getByRole('region', { name: 'Hints' }).getByRole('listitem').waitFor();
  await page.getByRole('button', { name: 'End', exact: true }).click();
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  it('a lab that runs has nothing that axe-core finds wrong', async () => {
    const { page, goto } = await openPage(browser, demo.url, { colorScheme });
    await goto('#/course/02');
    await begin(page);
    await fillWithTroubles(page);
    expect(await violations(page)).toEqual([]);
  });
});

it('a lab that runs fits a screen of 360 pixels, and its checks are a button away', async () => {
  const { page, goto } = await openPage(browser, demo.url, { viewport: { width: 360, height: 740 } });
  await goto('#/course/02');
  await begin(page);
  await fillWithTroubles(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await page.getByRole('button', { name: /to the checks/ }).click();
  expect(await focused(page)).toBe('The service, and what is asked');
});

it('by keys alone: from the list to a lab that is passed', async () => {
  const { page, goto, misdeeds } = await openPage(browser, demo.url);
  await goto('#/course');
  await tabTo(page, 'Steady climb');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Lab 02: Steady climb' }).waitFor();
  await tabTo(page, 'Start');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: size }).waitFor();

  await tabTo(page, size);
  await page.keyboard.type('16.2 KB');
  await page.keyboard.press('Enter');
  await itemOf(page, size).getByText('(done)').waitFor();
  // The box is gone; the focus is where it was, and Tab goes on from there.
  await expect.poll(() => focused(page)).toContain(size);
  await tabTo(page, 'leak');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await itemOf(page, 'Leak or load?').getByText('(done)').waitFor();
  await tabTo(page, /^From its start/);
  await page.keyboard.type('75 s');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Hold them off');
  await page.keyboard.press('Enter');
  const told = page.getByRole('region', { name: 'What is asked' }).locator('p[aria-live]');
  await expect.poll(() => told.textContent()).toMatch(/Done: Hold the traffic off.*The lab is passed\.$/);
  await page.getByRole('link', { name: 'lab 03, Burst' }).waitFor();
  await tabTo(page, 'Show the solution');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Solution');
  expect(misdeeds).toEqual([]);
});

it('what turns green by itself moves nothing else', async () => {
  const { page, goto } = await openPage(browser, demo.url);
  await goto('#/course/02');
  await begin(page);
  await page.evaluate(`
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += entry.value;
    }).observe({ type: 'layout-shift' });
  `);
  await page.getByRole('button', { name: 'Hold them off' }).click();
  await itemOf(page, 'Hold the traffic').getByText('(done)').waitFor();
  expect(await page.evaluate('globalThis.shift')).toBeLessThan(0.02);
});

it('a lab that would end another one, and giving up, ask first; a word of the lab’s own is shown', async () => {
  const { page, goto } = await openPage(browser, demo.url);
  await goto('#/course/02');
  await begin(page);
  const radio = (name: string) => page.getByRole('radio', { name });
  const choose = async (name: string) => {
    await radio(name).check();
    await page.keyboard.press('Enter');
  };
  await choose('load');
  await itemOf(page, 'Leak or load?').getByText('far from what was measured').waitFor();
  // An answer that is sent while the one before is on its way is not taken.
  await itemOf(page, 'Leak or load?').locator('button[aria-busy="false"]').waitFor();
  await choose('load');
  await expect.poll(() => radio('load').isChecked()).toBe(false);
  await page
    .getByText(/the lab began anew, with other figures/)
    .first()
    .waitFor();

  await goto('#/course/03');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Lab 02, Steady climb, runs. End it and begin this one?').waitFor();
  await page.getByRole('button', { name: 'End 02, start 03' }).click();
  await page.getByRole('textbox', { name: size }).waitFor();
  await page.getByRole('button', { name: 'Give up' }).click();
  await page
    .getByRole('group', { name: /^Give up and read/ })
    .getByRole('button', { name: 'Give up' })
    .click();
  await page.getByText('A bound and a time to live end it.').waitFor();
});

it('what is copied of a block are its commands, without the words behind them', async () => {
  const { page, goto } = await openPage(browser, demo.url, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await goto('#/course/02');
  const block = page.locator('.code').filter({ hasText: 'admin/gc' });
  await block.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    'curl -s -X POST localhost:8080/admin/gc\ncurl -s localhost:8080/admin/sample',
  );
});

it('the live page says nothing of what the lab asks for, until it has been answered', async () => {
  const { page, goto } = await openPage(browser, demo.url);
  const told = async () => {
    await goto('#/live');
    await page.getByRole('heading', { name: /Memory climbs/ }).waitFor();
    return (await page.locator('main').textContent()) ?? '';
  };
  const figures = /a request,|the limit in|16\.\d\sKB|Bytes a request/;
  expect(await told()).toMatch(figures);
  await goto('#/course/02');
  await begin(page);
  const asked = await told();
  expect(asked).not.toMatch(figures);
  expect(asked.match(/lab 02 asks you/g)).toHaveLength(2);
  await goto('#/course/02');
  await page.getByRole('textbox', { name: size }).fill('16.2 KB');
  await page.keyboard.press('Enter');
  await itemOf(page, size).getByText('(done)').waitFor();
  expect((await told()).match(/lab 02 asks you/g)).toHaveLength(1);
});

it('a text shows the commands of the lab that runs, and those for Docker where one asks', async () => {
  const { page, goto } = await openPage(browser, demo.url);
  await goto('#/course/02');
  const commands = () => page.locator('.prose pre:visible code').allTextContents();
  const choice = page.getByRole('group', { name: 'Whose commands the text shows' });
  await choice.waitFor();
  expect(await commands()).toEqual(expect.arrayContaining(['./lab up\n', 'The service is there.\n']));
  expect(await commands()).not.toContain('./lab up --docker\n');
  await choice.getByRole('button', { name: 'Docker', exact: true }).press('Enter');
  await expect.poll(commands).toContain('./lab up --docker\n');
  expect(await commands()).not.toContain('The service is there.\n');
  expect((await commands()).join('')).toContain('curl -s localhost:8080/admin/sample\n');
});

it('a lab with three services shows what each of them does', async () => {
  const { page, goto, misdeeds } = await openPage(browser, demo.url);
  await goto('#/course/06');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  for (const service of ['a', 'b', 'c']) {
    const panel = page.getByRole('region', { name: `Memory of ${service}`, exact: true });
    // With a reading of its own: nothing is drawn where nothing came.
    await expect.poll(() => panel.textContent()).toMatch(/in use\s*\d+/);
  }
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  expect(misdeeds).toEqual([]);
});
