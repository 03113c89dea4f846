import type { Page } from 'playwright-core';

/** What has the focus, by what a screen reader would say first: its label, else its words. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const { activeElement: at } = document;
    const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
    return label.trim();
  })()`) as Promise<string>;
}

/** Presses Tab until `wanted` has the focus. Throws with all that had it when it comes round. */
export async function tabTo(page: Page, wanted: string | RegExp, most = 120): Promise<void> {
  const met: string[] = [];
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press('Tab');
    const label = await focused(page);
    if (typeof wanted === 'string' ? label === wanted : wanted.test(label)) return;
    met.push(label.slice(0, 60));
  }
  throw new Error(`Expected Tab to reach ${wanted} within ${most} steps; it met: ${met.join(' | ')}`);
}
