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
});
