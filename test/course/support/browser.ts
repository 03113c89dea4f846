import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** A browser without a window. Chromium's sandbox refuses root, as in a container. */
export function launch(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: findChromium(), args: asRoot ? ['--no-sandbox'] : [] });
}

/** A page, and what it must not do. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors on its console, uncaught exceptions, requests to elsewhere; empty when all is well. */
  readonly misdeeds: readonly string[];
  /** Goes to a place of the app as a link would. */
  goto(hash: string): Promise<void>;
}

/** Opens `url` and writes down every error and every request that leaves it. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  const misdeeds: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') misdeeds.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => misdeeds.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) misdeeds.push(`request to ${request.url()}`);
  });
  return {
    page,
    misdeeds,
    async goto(hash) {
      await page.goto(`${url}/${hash}`);
      await page.waitForSelector('main :is(h1, h2)');
    },
  };
}
