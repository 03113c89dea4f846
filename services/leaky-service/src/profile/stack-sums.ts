import { type AllocatedStack, addAmount } from './v8-profile.ts';

/** Adds up the stacks of several profiles: the same stack of two of them is one. */
export class StackSums {
  readonly #sums = new Map<string, AllocatedStack>();

  add(stacks: Iterable<AllocatedStack>): void {
    for (const stack of stacks) {
      const key = stack.frames
        .map(({ name, url, line, column }) => `${name} ${url}:${line}:${column}`)
        .join('\n');
      const sum = this.#sums.get(key);
      if (sum) addAmount(sum, stack);
      else this.#sums.set(key, { ...stack });
    }
  }

  get stacks(): AllocatedStack[] {
    return [...this.#sums.values()];
  }
}
