import { KindTrie } from '../graph/kind-trie.ts';
import type { Scratch } from '../graph/scratch.ts';
import type { NamedWays } from './edge-names.ts';

/** Longest pattern of steps whose repetition is seen as one: a list, a tree, a chain of promises. */
const longestPattern = 4;

/**
 * Numbers ways so that those alike have the same: same classes, same labels, repetitions left out. Ways share
 * their beginnings, so each node's is made from its holder's, once.
 */
export class Signatures {
  readonly #ways: NamedWays;
  readonly #classOf: (node: number) => number;
  readonly #trie: KindTrie = new KindTrie();
  /** For each node ordinal, its signature; 0 is the root's, -1 not known yet. */
  readonly #known: Int32Array;
  /** Used by each call anew, as is the next: there are millions. */
  readonly #pending: number[] = [];
  readonly #steps: Int32Array = new Int32Array(2 * longestPattern);

  constructor(ways: NamedWays, scratch: Scratch, classOf: (node: number) => number) {
    this.#ways = ways;
    this.#classOf = classOf;
    this.#known = scratch.slot(5).fill(-1);
  }

  /** The signature of the way to `node`, which must have been reached. Iterative: ways can be a million long. */
  of(node: number): number {
    const { holder, edgeTo, labels } = this.#ways;
    const known = this.#known;
    const pending = this.#pending;
    let at = node;
    while (known[at] === -1 && (edgeTo[at] as number) >= 0) {
      pending.push(at);
      at = holder[at] as number;
    }
    if (known[at] === -1) known[at] = 0;
    let signature = known[at] as number;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      signature = this.#step(signature, this.#classOf(holder[next] as number), labels[next] as number);
      known[next] = signature;
    }
    return signature;
  }

  #step(signature: number, holderClass: number, label: number): number {
    const trie = this.#trie;
    const next = trie.child(trie.child(signature, holderClass), label);
    // Steps backwards from the new one.
    const steps = this.#steps;
    steps[0] = next;
    let count = 1;
    for (let at = next; count < steps.length; ) {
      at = trie.parent[trie.parent[at] as number] as number;
      if (at === 0) break;
      steps[count++] = at;
    }
    for (let length = 1; 2 * length <= count; length++) {
      let same = true;
      for (let index = 0; same && index < length; index++) {
        same = this.#sameStep(steps[index] as number, steps[index + length] as number);
      }
      if (same) return steps[length] as number;
    }
    return next;
  }

  #sameStep(a: number, b: number): boolean {
    const { fact, parent } = this.#trie;
    return fact[a] === fact[b] && fact[parent[a] as number] === fact[parent[b] as number];
  }
}
