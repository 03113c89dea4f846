import type { Page } from 'playwright-core';
import { tabTo } from './keyboard.ts';

/** Someone who uses the page. */
export interface Hands {
  /** A link or a button, by its whole name. */
  press(name: string): Promise<void>;
  /** An answer into the box of a question, sent. */
  answer(question: string, value: string): Promise<void>;
  /** One of a question's few answers, sent. */
  choose(choice: string): Promise<void>;
}

export function mouse(page: Page): Hands {
  const named = (name: string) =>
    page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true }));
  const sendOf = (question: string) =>
    page.getByRole('listitem').filter({ hasText: question }).getByRole('button', { name: 'Send' });
  return {
    press: (name) => named(name).click(),
    async answer(question, value) {
      const box = page.getByRole('textbox', { name: question });
      // What stands in it is marked, and typed over.
      await box.click({ clickCount: 3 });
      await box.pressSequentially(value);
      await sendOf(question).click();
    },
    async choose(choice) {
      await page.getByRole('radio', { name: choice, exact: true }).click();
      await page
        .locator('form', { has: page.getByRole('radio') })
        .getByRole('button', { name: 'Send' })
        .click();
    },
  };
}

/** Tab, Space, Enter and what is typed; nothing else. Tab marks what stands in a box. */
export function keyboard(page: Page): Hands {
  return {
    async press(name) {
      await tabTo(page, name);
      await page.keyboard.press('Enter');
    },
    async answer(question, value) {
      await tabTo(page, question);
      await page.keyboard.type(value);
      await page.keyboard.press('Enter');
    },
    async choose(choice) {
      await tabTo(page, choice);
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
    },
  };
}
