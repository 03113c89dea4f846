/** Draws of one seed, one after another. */
export interface Numbers {
  /** A whole number from `least` to `most`, both included; each as likely as the others. */
  between(least: number, most: number): number;
  /** One of `choices`, of which there must be some. */
  oneOf<T>(choices: readonly T[]): T;
}

/** 2^32 divided by the golden ratio: steps of this size visit all numbers of 32 bits, far from each other. */
const step = 0x9e37_79b9;

/** The numbers that belong to a seed: always the same, and none that those of its neighbours, or of another row, would tell. */
export function numbersOf(seed: number, row = 0): Numbers {
  const key = mixed(seed ^ mixed(row) ^ 0x6a09_e667);
  let drawn = 0;
  const next = (): number => {
    drawn += 1;
    return mixed(mixed(key + drawn * step) ^ key);
  };
  const between = (least: number, most: number): number =>
    least + Math.floor((next() / 2 ** 32) * (most - least + 1));
  return { between, oneOf: (choices) => choices[between(0, choices.length - 1)] as (typeof choices)[number] };
}

/** Each bit of what comes in turns over about half of the bits that go out (the finish of MurmurHash3). 0 to 2^32 - 1. */
function mixed(number: number): number {
  let bits = number >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
