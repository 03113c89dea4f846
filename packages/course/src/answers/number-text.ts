/** A number at the begin of a text, in all the ways it may be meant, and what follows it. */
export interface NumberText {
  readonly values: readonly number[];
  readonly rest: string;
}

const shape = /^[~≈]?\s*([+-]?[\d][\d.,'’\u00a0\u202f _]*)(.*)$/s;
const spaces = /['’\u00a0\u202f _]/g;

/**
 * Reads "14600", "14,600", "14 600", "14.6", "14,6" and "1.234,5". Where one sign with three digits behind it may part
 * thousands or decimals ("14.600"), both are meant; of a comma the thousands are, as English has it, first.
 */
export function readNumber(text: string): NumberText | undefined {
  const match = shape.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', rest = ''] = match;
  const values = meanings(digits.trim().replace(/[.,]$/, '').replace(spaces, ''));
  return values.length === 0 ? undefined : { values, rest: rest.trim() };
}

function meanings(digits: string): number[] {
  const signs = digits.match(/[.,]/g) ?? [];
  const [first] = signs;
  const kinds = new Set(signs);
  if (first === undefined) return finite([digits]);
  if (kinds.size === 2) {
    const decimal = signs.at(-1) as string;
    // "1.234.567,8": the last sign comes once, and parts the decimals.
    if (signs.filter((sign) => sign === decimal).length > 1) return [];
    const [whole = '', part = ''] = digits.split(decimal);
    return finite([`${whole.replaceAll(/[.,]/g, '')}.${part}`]);
  }
  const groups = digits.split(first);
  const inThousands = groups.slice(1).every(({ length }) => length === 3) && (groups[0] ?? '').length <= 4;
  if (groups.length > 2) return inThousands ? finite([groups.join('')]) : [];
  const asDecimals = groups.join('.');
  if (!inThousands || Number(groups[0]) === 0) return finite([asDecimals]);
  return finite([groups.join(''), asDecimals]);
}

const finite = (texts: readonly string[]): number[] => texts.map(Number).filter(Number.isFinite);
