import { describe, expect, it } from 'vitest';
import { expectNoGrowth } from './index.ts';

class LeakedRequest {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

describe('expectNoGrowth', () => {
  it('fails for a class that grows, and says what holds its objects', async () => {
    const history: LeakedRequest[] = [];
    const run = () => {
      history.push(new LeakedRequest(`/${history.length}`));
    };
    await expect(expectNoGrowth(run, { class: 'LeakedRequest', iterations: 200 })).rejects.toThrow(
      /LeakedRequest grew by 200 objects in 200 iterations \(1\d before, 2\d\d after\).*history/s,
    );
    expect(history.length).toBe(210);
  }, 60_000);

  it('passes where objects come and go', async () => {
    let last: LeakedRequest | undefined;
    const run = async () => {
      last = new LeakedRequest('/');
    };
    await expectNoGrowth(run, { class: 'LeakedRequest', iterations: 200 });
    expect(last).toBeDefined();
  }, 60_000);

  it('passes where all objects of the class are gone', async () => {
    const run = () => new LeakedRequest('/').url;
    await expectNoGrowth(run, { class: 'LeakedRequest', iterations: 20 });
  }, 60_000);

  it.each([
    ['no class', { class: '' }, /name of a class/],
    ['no iterations', { class: 'A', iterations: 0 }, /iterations of 1 or more/],
    ['half of a tolerance', { class: 'A', tolerance: 0.5 }, /tolerance of 0 or more/],
    ['a warm-up that is no number', { class: 'A', warmup: Number.NaN }, /warmup of 0 or more/],
  ])('refuses what would pass for no reason: %s', async (_, options, message) => {
    await expect(expectNoGrowth(() => {}, options)).rejects.toThrow(message);
  });

  it('fails for a class whose name is misspelt, and names those that are near', async () => {
    const work = expectNoGrowth(() => new LeakedRequest('/'), { class: 'LeakdRequest', iterations: 1 });
    await expect(work).rejects.toThrow(/class LeakdRequest was ever seen.*did you mean LeakedRequest/);
  }, 60_000);
});
