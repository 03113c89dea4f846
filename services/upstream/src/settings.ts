import { HttpError } from './errors.ts';

/** How the upstream answers `/data`. */
export interface Settings {
  /** Time from the request to the first byte of the answer. */
  readonly latency_ms: number;
  /** Size of the answer's body. */
  readonly body_bytes: number;
  /** Share of the requests, 0 to 1, that are answered with 503. */
  readonly failure_ratio: number;
}

/** How one request is answered. */
export interface Answer extends Settings {
  /** How much of the body comes at once; the rest follows a moment later. All of it where it is not said. */
  readonly first_bytes?: number;
}

export type SettingName = keyof Settings;

/** Bounds that keep one request from holding a connection or the network for ever. */
const bounds: Record<SettingName, { readonly max: number; readonly whole: boolean }> = {
  latency_ms: { max: 60_000, whole: true },
  body_bytes: { max: 64 * 1024 * 1024, whole: true },
  failure_ratio: { max: 1, whole: false },
};

/** Slow enough that requests which wait for an answer pile up at the lab's default load. */
export const defaultSettings: Settings = { latency_ms: 800, body_bytes: 1024, failure_ratio: 0 };

/** `current` with the changes of a JSON body. Throws a 400 `HttpError`, naming what was expected and what came. */
export function changeSettings(current: Settings, changes: unknown): Settings {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
    throw invalid('body', 'an object such as {"latency_ms": 800}', changes);
  }
  let settings = current;
  for (const [name, value] of Object.entries(changes)) {
    if (!isSettingName(name)) throw invalid('body', `only ${Object.keys(bounds).join(', ')}`, name);
    settings = { ...settings, [name]: checked(name, value) };
  }
  return settings;
}

/** The names a query uses for the settings. */
const queryNames = { latency_ms: 'latency_ms', bytes: 'body_bytes', failure_ratio: 'failure_ratio' } as const;

/** Says which page is wanted; all pages are answered alike. */
const pageName = 'page';

/** How much comes at once: a matter of one request only. */
const firstName = 'first_bytes';

/** `current` with one request's overrides, as in `?latency_ms=5&bytes=100`. Throws as `changeSettings` does. */
export function overrideSettings(current: Settings, query: URLSearchParams): Answer {
  let settings: Answer = current;
  for (const [name, text] of query) {
    if (name === pageName) continue;
    if (name === firstName) {
      settings = { ...settings, first_bytes: parseSetting('body_bytes', text) };
      continue;
    }
    if (!Object.hasOwn(queryNames, name)) {
      throw invalid('query', `only ${[...Object.keys(queryNames), firstName].join(', ')}`, name);
    }
    const setting = queryNames[name as keyof typeof queryNames];
    settings = { ...settings, [setting]: parseSetting(setting, text) };
  }
  return settings;
}

/** One setting from text, as a query or the environment gives it. Throws as `changeSettings` does. */
export function parseSetting(name: SettingName, text: string): number {
  return checked(name, /^\d+(\.\d+)?$/.test(text) ? Number(text) : text);
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(bounds, name);
}

function checked(name: SettingName, value: unknown): number {
  const { max, whole } = bounds[name];
  const fits = typeof value === 'number' && value >= 0 && value <= max && (!whole || Number.isInteger(value));
  if (!fits) throw invalid(name, `${whole ? 'a whole number' : 'a number'} from 0 to ${max}`, value);
  return value;
}

function invalid(field: string, expected: string, value: unknown): HttpError {
  const came = (JSON.stringify(value) ?? String(value)).slice(0, 100);
  const message = `${field}: expected ${expected}, got ${came}. Nothing was changed.`;
  return new HttpError(400, 'invalid_setting', message, { field, expected, came });
}
