import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb, scriptLimit_bytes } from '../../services/console/web/build.ts';
import { hostileName } from '../../services/console/web/demo/evidence.ts';
import { violations } from './support/axe.ts';
import { launch, openPage } from './support/browser.ts';
import { type Demo, openDemo } from './support/demo.ts';

const places = ['#/live', '#/course', '#/course/02', '#/evidence', '#/deaths', '#/leaks', '#/download'];

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  const built = await buildWeb();
  expect(built.script_gzip_bytes).toBeLessThan(scriptLimit_bytes);
  browser = await launch();
});

// Its own for each: made-up time goes on, and half a minute later the made-up service dies.
beforeEach(async () => {
  demo = await openDemo();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await demo.stop();
});

afterAll(async () => browser?.close());

/** Until the charts have something to read. */
const hasReadings = (page: Page) => page.locator('.readout dd').first().getByText(/MB/).waitFor();

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  it.each(places)('%s has nothing that axe-core finds wrong', async (place) => {
    const { page, misdeeds, goto } = await openPage(browser, demo.url, { colorScheme });
    await goto(place);
    await page.waitForLoadState('load');
    expect(await violations(page)).toEqual([]);
    expect(misdeeds).toEqual([]);
  });
});

it('a service that is down has nothing that axe-core finds wrong, and its record stays', async () => {
  const down = await openDemo({ moment: 'down' });
  const { page, goto } = await openPage(browser, down.url);
  await goto('#/live');
  await page.getByRole('heading', { name: /The service is down since/ }).waitFor();
  await hasReadings(page);
  expect(await violations(page)).toEqual([]);
  await down.stop();
});

it('is painted within a second and asks nobody else for anything', async () => {
  const { page, misdeeds, goto } = await openPage(browser, demo.url);
  await goto('#/live');
  const painted_ms = async () => {
    await page.getByText(/Memory climbs/).waitFor();
    return Number(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
  };
  // What else runs on the machine may take a second from one visit, not from three.
  const visits_ms = [await painted_ms()];
  while (Math.min(...visits_ms) >= 1000 && visits_ms.length < 3) {
    await page.reload();
    visits_ms.push(await painted_ms());
  }
  expect(Math.min(...visits_ms)).toBeLessThan(1000);
  expect(misdeeds).toEqual([]);
});

it('a name from a snapshot is text, whatever it says', async () => {
  const { page, misdeeds, goto } = await openPage(browser, demo.url);
  await goto(`#/evidence?class=${encodeURIComponent(hostileName)}`);
  const detail = page.getByRole('region', { name: 'What holds the class' });
  expect(await detail.getByRole('heading').textContent()).toBe(hostileName);
  await page.getByRole('searchbox').fill('<img');
  expect(await page.getByRole('table', { name: 'Classes' }).getByRole('row').count()).toBe(2);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toBe('Evidence · Leak Lab');
  expect(misdeeds).toEqual([]);
});

it('charts are read and zoomed by keys, a zoom is a link, and Live goes back to now', async () => {
  const { page, goto } = await openPage(browser, demo.url);
  await goto('#/live');
  const charts = page.getByRole('group', { name: /The service over time/ });
  await hasReadings(page);
  await charts.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => charts.locator('[aria-live]').textContent()).toMatch(/in use [\d.]+\sMB/);
  await page.keyboard.press('+');
  await page.waitForURL(/from=\d+&to=\d+/);
  const link = page.url();
  const shown = await page.locator('.zoomed').textContent();

  const other = await openPage(browser, demo.url);
  await other.page.goto(link);
  await other.page.locator('.zoomed').waitFor();
  expect(await other.page.locator('.zoomed').textContent()).toBe(shown);

  await page.getByRole('button', { name: 'Live' }).click();
  await page.waitForURL((url) => !url.hash.includes('from'));
});

it('a span dragged over is a link too', async () => {
  const { page, goto } = await openPage(browser, demo.url);
  await goto('#/live');
  await hasReadings(page);
  const box = await page.locator('.u-over').first().boundingBox();
  if (box === null) throw new Error('the memory chart is not on the screen');
  await page.mouse.move(box.x + 100, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=\d+&to=\d+/);
});

it('everything is reached by Tab, the first thing leads past the tabs', async () => {
  const { page, goto } = await openPage(browser, demo.url);
  await goto('#/leaks');
  await page.getByRole('table', { name: 'Leaks' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  // What cannot be done is said where it was asked for.
  await page.getByRole('alert').getByText('there is no service to change').waitFor();
});

it('the colours chosen are kept for the next visit', async () => {
  const { page, goto } = await openPage(browser, demo.url, { colorScheme: 'light' });
  await goto('#/live');
  await page.getByRole('combobox', { name: 'Colours' }).selectOption('dark');
  await page.reload();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
});

it.each(places)('%s fits a screen of 360 pixels', async (place) => {
  const { page, goto } = await openPage(browser, demo.url, { viewport: { width: 360, height: 740 } });
  await goto(place);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
});

it('a blind lab shows no switches, and nothing of leaks', async () => {
  const blind = await openDemo({ blind: true });
  const { page, goto } = await openPage(browser, blind.url);
  await goto('#/live');
  await page.getByText(/Memory climbs/).waitFor();
  expect(await page.getByRole('link', { name: 'Leaks' }).count()).toBe(0);
  await blind.stop();
});

it('when the console is gone the page keeps what it shows, says so, and comes back by itself', async () => {
  const mortal = await openDemo();
  const port = Number(new URL(mortal.url).port);
  const { page, goto } = await openPage(browser, mortal.url);
  await goto('#/live');
  await hasReadings(page);
  await mortal.stop();
  await page.getByText('The console is not reached').waitFor();
  await hasReadings(page);
  const again = await openDemo({ port });
  await page.getByText('The console is not reached').waitFor({ state: 'detached' });
  await again.stop();
});
