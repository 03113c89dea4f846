import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with the page as it is: the rule, and where. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so the page's own policy stays as strict as it is.
  await page.evaluate(source);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help}: ${target.join(' ')} (${failureSummary?.split('\n').at(-1)?.trim()})`,
    ),
  );
}
