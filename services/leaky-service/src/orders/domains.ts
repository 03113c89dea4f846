/** A domain weighs this much: its letters with the string's header, and its place in a list (64-bit V8), bytes. */
export const domain_bytes = 48;

const letters = Buffer.from('abcdefghijklmnopqrstuvwxyz');
const endings = ['.shop.example', '.deal.example', '.mail.invalid', '.free.invalid'].map((text) =>
  Buffer.from(text),
);
const name_letters = 11;

/**
 * The domains that a list of that version names, in the order of the alphabet: `count` of them. From one version to the
 * next a hundredth of them goes and as many come.
 */
export function domainsOf(version: number, count: number): string[] {
  const domains: string[] = new Array(count);
  const first = version * Math.ceil(count / 100);
  for (let index = 0; index < count; index++) domains[index] = domain(first + index);
  return domains;
}

const domainText = Buffer.alloc(name_letters + (endings[0] as Buffer).length);

/** A higher number is later in the alphabet; a string of its own in memory. */
function domain(number: number): string {
  let rest = number;
  for (let at = name_letters - 1; at >= 0; at--) {
    domainText[at] = letters[rest % letters.length] as number;
    rest = Math.floor(rest / letters.length);
  }
  (endings[number % endings.length] as Buffer).copy(domainText, name_letters);
  return domainText.toString('latin1');
}

/** How many of the domains the list before did not name; both in the order of the alphabet. */
export function countNew(domains: readonly string[], before: readonly string[] = []): number {
  let [count, at] = [0, 0];
  for (const one of domains) {
    while (at < before.length && (before[at] as string) < one) at += 1;
    if (before[at] !== one) count += 1;
  }
  return count;
}
