import { HttpError } from '@leak-lab/json-service';

export interface NumberRange {
  readonly least?: number;
  readonly most?: number;
}

/** A number from a query or a path. Throws 400 that says what was expected; `undefined` where it is not there. */
export function numberIn(
  values: Readonly<Record<string, unknown>>,
  name: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER }: NumberRange = {},
): number | undefined {
  const text = values[name];
  if (text === undefined || text === '') return undefined;
  const value = typeof text === 'string' ? Number(text) : Number.NaN;
  if (Number.isFinite(value) && value >= least && value <= most) return Math.trunc(value);
  const message = `Expected ${name} to be a number from ${least} to ${most}; got ${JSON.stringify(text)}.`;
  throw new HttpError(400, 'invalid_query', message, { field: name });
}

/** An id in a path. Throws 404: what is no number names nothing. */
export function idIn(parameters: Readonly<Record<string, unknown>>): number {
  const id = Number(parameters['id']);
  if (Number.isSafeInteger(id) && id >= 0) return id;
  throw new HttpError(
    404,
    'not_found',
    `Expected a number as the id; got ${JSON.stringify(parameters['id'])}.`,
  );
}
