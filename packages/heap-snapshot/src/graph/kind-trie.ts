/**
 * What nodes are, put together from small facts as they are met in the file: a class name, then (for objects) the
 * names of the properties in their order, then whether detached, then where the constructor is. Nodes of which the
 * same is known share one number, their kind. Strings come last in a file, so all of it works on their indices.
 *
 * A kind is a chain: each is its parent and one fact more. 0 is the empty chain.
 */
export class KindTrie {
  /** For each kind, the kind it adds a fact to. */
  parent: Int32Array<ArrayBuffer> = new Int32Array(1024);
  /** For each kind, the fact: a string's index, or one of {@link fact}'s negative numbers. */
  fact: Int32Array<ArrayBuffer> = new Int32Array(1024);
  /** Kinds so far. */
  length = 1;
  /** For each kind, the child last asked for: objects of one shape come in runs. */
  #lastChild: Int32Array<ArrayBuffer> = new Int32Array(1024);
  /** Open addressing; 0 is an empty slot. */
  #slots: Int32Array<ArrayBuffer> = new Int32Array(4096);

  /** The kind that is `parent` and `fact` besides. */
  child(parent: number, fact: number): number {
    const last = this.#lastChild[parent] as number;
    return last !== 0 && this.fact[last] === fact ? last : this.#find(parent, fact);
  }

  /** Apart from {@link KindTrie.child}, so that its short way is compiled into its callers. */
  #find(parent: number, fact: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = hash(parent, fact) & mask;
    for (;;) {
      const kind = slots[at] as number;
      if (kind === 0) break;
      if (this.parent[kind] === parent && this.fact[kind] === fact) {
        this.#lastChild[parent] = kind;
        return kind;
      }
      at = (at + 1) & mask;
    }
    return this.#add(parent, fact, at);
  }

  #add(parent: number, fact: number, slot: number): number {
    const kind = this.length++;
    if (kind === this.parent.length) {
      this.parent = doubled(this.parent);
      this.fact = doubled(this.fact);
      this.#lastChild = doubled(this.#lastChild);
    }
    this.parent[kind] = parent;
    this.fact[kind] = fact;
    this.#lastChild[parent] = kind;
    this.#slots[slot] = kind;
    if (this.length * 2 > this.#slots.length) this.#rehash();
    return kind;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let kind = 1; kind < this.length; kind++) {
      let at = hash(this.parent[kind] as number, this.fact[kind] as number) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = kind;
    }
    this.#slots = slots;
  }

  /** Gives back what only growing needs. No child can be asked for afterwards. */
  freeze(): void {
    this.parent = this.parent.slice(0, this.length);
    this.fact = this.fact.slice(0, this.length);
    this.#slots = new Int32Array(0);
    this.#lastChild = new Int32Array(0);
  }
}

function hash(parent: number, fact: number): number {
  const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(fact, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Facts that are no string: negative, so that no string's index is taken for one. */
export const fact = {
  detached: -1,
  /** A node whose class follows from its type alone. */
  ofType: (type: number): number => -2 - type,
  ofLocation: (location: number): number => -1000 - location,
  isType: (value: number): boolean => value <= -2 && value > -1000,
  typeOf: (value: number): number => -2 - value,
  isLocation: (value: number): boolean => value <= -1000,
  locationOf: (value: number): number => -1000 - value,
} as const;
