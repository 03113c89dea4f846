import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { GuardWord } from '../../services/console/src/api/contract.ts';
import { ask } from '../embedded/support/ask.ts';
import { type LabCommand, labTest, until, untilAnswer } from '../embedded/support/lab-command.ts';
import { violations } from './support/axe.ts';
import { launch, openPage } from './support/browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => browser?.close());

const megabyte = 2 ** 20;

async function openEvidence(lab: LabCommand) {
  const { console: running, service } = await lab.up();
  if (running === undefined) throw new Error('the lab came up without a console');
  const watched = await openPage(browser, running.url);
  await watched.goto('#/evidence');
  await guard(watched.page).getByRole('heading', { name: 'A snapshot fits' }).waitFor();
  return { ...watched, url: running.url, pid: service.process?.pid };
}

const guard = (page: Page) => page.getByRole('region', { name: 'The guard' });

/** Loads the service with many small objects until so much is in use and the guard refuses. */
async function fill(lab: LabCommand, url: string, usage_mb: number): Promise<void> {
  await lab.run('leak', 'history', 'on');
  const load = lab.watch('load', '--engine', 'autocannon', '--rate', '600');
  await untilAnswer('a snapshot to be too big', async () => {
    const { fits, usage_bytes } = await ask<GuardWord>(`${url}/api/guard`);
    return !fits && usage_bytes > usage_mb * megabyte;
  });
  await load.interrupt();
}

labTest(
  'a snapshot that does not fit is refused with what to do, and the limit is raised for it',
  async ({ lab }) => {
    const { page, misdeeds, url, pid } = await openEvidence(lab);
    // The page's word of the guard may be seconds old: here it stays as it was while memory climbs.
    const fitting = await (await fetch(`${url}/api/guard`)).text();
    await page.route('**/api/guard', (route) =>
      route.fulfill({ body: fitting, contentType: 'application/json' }),
    );
    await fill(lab, url, 140);
    await guard(page).getByRole('button', { name: 'Take a snapshot' }).click();
    const refusal = guard(page).getByRole('alert');
    await refusal
      .getByText(/would take \d+ MB and \d+ MB of 256 MB are left: the process would be killed/)
      .waitFor();
    await refusal
      .getByText(/Take the first snapshot early/)
      .first()
      .waitFor();

    await page.unroute('**/api/guard');
    await guard(page).getByRole('heading', { name: 'A snapshot does not fit' }).waitFor();
    await guard(page).getByRole('button', { name: 'Take it all the same' }).click();
    await page.getByRole('group', { name: /is free: the service will probably be killed/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await guard(page).getByRole('button', { name: 'Raise the limit and take it' }).click();
    // While it lasts: the limit comes down with the use.
    await guard(page)
      .getByText(/The limit was raised from 256\sMB for a snapshot/)
      .waitFor({ timeout: 60_000 });
    await page.getByRole('radio', { name: 'Snapshot 1 as after' }).waitFor({ timeout: 60_000 });
    expect(await violations(page)).toEqual([]);
    expect(lab.state().service.process?.pid).toBe(pid);
    expect(lab.deaths()).toEqual([]);
    // The refusal itself is an answer that the browser notes.
    expect(misdeeds.filter((misdeed) => !/409/.test(misdeed))).toEqual([]);
  },
);

labTest('a snapshot that is forced warns before, and the page tells what became of it', async ({ lab }) => {
  const { page, url } = await openEvidence(lab);
  await fill(lab, url, 190);
  await guard(page).getByRole('button', { name: 'Take it all the same' }).click();
  const question = page.getByRole('group', { name: /is free: the service will probably be killed/ });
  await question.getByRole('button', { name: 'Take it, and risk the service' }).click();
  await until('the death', () => lab.deaths()[0]);
  await guard(page)
    .getByRole('alert')
    .getByText(/ended while it took the snapshot/)
    .waitFor();
  await page.goto(`${url}/#/deaths`);
  const death = page.getByRole('article');
  await death.getByText(/Killed by/).waitFor({ timeout: 30_000 });
  await death.getByRole('link', { name: /A snapshot was asked for with force/ }).waitFor();
});
