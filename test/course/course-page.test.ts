import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { leakIds } from '../../packages/lab/src/leak-ids.ts';
import { buildWeb } from '../../services/console/web/build.ts';
import { type LabCommand, labTest } from '../embedded/support/lab-command.ts';
import { launch, openPage } from './support/browser.ts';
import { type Hands, keyboard, mouse } from './support/hands.ts';
import { measure } from './support/measured.ts';

/** Longest until lab 02 begins to happen, and what its judge leaves out after it. */
const onset_ms = 21_000;
const between_ms = 20_000;
const pause_ms = 11_000;

const questions = {
  size: 'How many bytes stay of each request?',
  pause: 'Hold the traffic off',
  end: 'From its start to its limit: how long does a process live under this traffic?',
} as const;

/** Words of what leaks, none of which may stand beside what is measured. */
const telling = new RegExp(`\\b(${leakIds.join('|')})\\b`, 'i');

let browser: Browser;

beforeAll(async () => {
  await buildWeb();
  browser = await launch();
});

afterAll(async () => browser?.close());

describe.concurrent('lab 02 on the page, from its start to passed, in a real lab', () => {
  labTest('by mouse', ({ lab }) => pass(lab, mouse));
  labTest('by keyboard alone', ({ lab }) => pass(lab, keyboard));
});

async function pass(lab: LabCommand, handsOn: (page: Page) => Hands): Promise<void> {
  const { console: running } = await lab.up();
  if (running === undefined) throw new Error('the lab came up without a console');
  const { page, misdeeds, goto } = await openPage(browser, running.url);
  const hands = handsOn(page);
  const item = (words: string) =>
    page.getByRole('region', { name: 'What is asked' }).getByRole('listitem').filter({ hasText: words });
  const done = (words: string) =>
    item(words)
      .getByText('(done)')
      .waitFor({ timeout: 30_000 })
      .catch(async (error: Error) => {
        throw new Error(`${error.message}\nIt says: ${await item(words).textContent()}`, { cause: error });
      });

  await goto('#/course');
  await hands.press('Steady climb');
  await page.getByRole('heading', { name: 'Lab 02: Steady climb' }).waitFor();
  await hands.press('Start');
  await item(questions.size).waitFor();
  const begun_ms = Date.now();
  // The page learns of an incident with the next reading.
  await page.getByRole('link', { name: 'Leaks' }).waitFor({ state: 'detached', timeout: 5_000 });

  await pause(onset_ms);
  for (const wait_ms of [between_ms / 2, between_ms / 2, 0]) {
    await hands.press('Collect garbage');
    await pause(wait_ms);
  }
  const seen = await measure(page, running.url, begun_ms, begun_ms + onset_ms);
  const bytes = seen.bytes_per_request;
  const seconds = (seen.limit_bytes - seen.lowest_usage_bytes) / (bytes * seen.requests_per_second);

  await hands.press('Live');
  await page.getByRole('heading', { level: 1, name: /^(Memory|Too little)/ }).waitFor();
  expect(await page.locator('body').textContent()).not.toMatch(telling);
  await hands.press('Course');
  await hands.press('Steady climb');
  await item(questions.size).waitFor();
  await hands.press('Hold them off');
  await page.getByText('No customers ask.').waitFor();
  await pause(pause_ms);
  await hands.press('Collect garbage');
  await done(questions.pause);
  await hands.press('Let them in');
  await hands.answer(questions.size, `${(bytes / 3).toFixed(0)}`);
  await item(questions.size).getByText('(not right)').waitFor();
  await hands.answer(questions.size, `${(bytes / 1024).toFixed(1)} KB`);
  await done(questions.size);
  await hands.choose('leak');
  await done('Leak or load?');
  await hands.answer(questions.end, `${seconds.toFixed(0)} s`);
  await done(questions.end);
  await page.getByText('4 of 4 done', { exact: true }).waitFor();
  await hands.press('Show the solution');
  await page.getByRole('heading', { name: 'Solution' }).waitFor();
  expect((await lab.run('progress')).stdout).toMatch(/02.*passed/);
  expect(misdeeds).toEqual([]);
}
