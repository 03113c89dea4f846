/** A span of time that a view shows. */
export interface Range {
  readonly from_ms: number;
  readonly to_ms: number;
}

/** Where a reader is; each place is a link. */
export type Route =
  | { readonly page: 'live'; readonly range: Range | null; readonly window_seconds: number }
  | {
      readonly page: 'evidence';
      /** How far back the allocation profile is compared; `null`: the start of this life. */
      readonly since_seconds: number | null;
      readonly line: string | null;
      readonly diff: number | null;
      readonly className: string | null;
    }
  | { readonly page: 'deaths'; readonly id: number | null; readonly range: Range | null }
  /** The labs, or one of them by its number. */
  | { readonly page: 'course'; readonly lab: string | null }
  | { readonly page: 'incidents' }
  | { readonly page: 'leaks' }
  | { readonly page: 'download' };

export type PageName = Route['page'];

/** The spans "live" can show, in seconds. */
export const windows_seconds = [60, 300, 900, 3600, 86_400] as const;

export const defaultWindow_seconds = 300;

/** The spans a profile is compared over, in seconds; `null` is the life so far. */
export const spans_seconds = [30, 60, 300, null] as const;

export const home: Route = { page: 'live', range: null, window_seconds: defaultWindow_seconds };

export const evidence: Extract<Route, { page: 'evidence' }> = {
  page: 'evidence',
  since_seconds: null,
  line: null,
  diff: null,
  className: null,
};

/** Reads a URL's hash; what it cannot read is as if it were not there. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page = '', id = ''] = path.split('/');
  const asked = new URLSearchParams(query);
  switch (page) {
    case 'evidence':
      return {
        page,
        since_seconds: knownSpan(asked.get('since')),
        line: asked.get('line'),
        diff: wholeNumber(asked.get('diff')),
        className: asked.get('class'),
      };
    case 'deaths':
      return { page, id: wholeNumber(id), range: rangeOf(asked) };
    case 'course':
      return { page, lab: /^\d\d$/.test(id) ? id : null };
    case 'incidents':
    case 'leaks':
    case 'download':
      return { page };
    default:
      return { page: 'live', range: rangeOf(asked), window_seconds: knownWindow(asked.get('window')) };
  }
}

/** The hash that `parseRoute` reads as `route`. */
export function formatRoute(route: Route): string {
  const asked = new URLSearchParams();
  const set = (name: string, value: number | string | null) =>
    value !== null && asked.set(name, String(value));
  let path: string = route.page;
  if (route.page === 'live' && route.window_seconds !== defaultWindow_seconds)
    set('window', route.window_seconds);
  if (route.page === 'evidence') {
    set('since', route.since_seconds);
    set('line', route.line);
    set('diff', route.diff);
    set('class', route.className);
  }
  if (route.page === 'deaths' && route.id !== null) path += `/${route.id}`;
  if (route.page === 'course' && route.lab !== null) path += `/${route.lab}`;
  if ((route.page === 'live' || route.page === 'deaths') && route.range !== null) {
    set('from', Math.round(route.range.from_ms));
    set('to', Math.round(route.range.to_ms));
  }
  const query = asked.toString();
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function rangeOf(asked: URLSearchParams): Range | null {
  const from_ms = wholeNumber(asked.get('from'));
  const to_ms = wholeNumber(asked.get('to'));
  return from_ms !== null && to_ms !== null && to_ms > from_ms ? { from_ms, to_ms } : null;
}

function knownWindow(text: string | null): number {
  return windows_seconds.find((seconds) => String(seconds) === text) ?? defaultWindow_seconds;
}

function knownSpan(text: string | null): number | null {
  return spans_seconds.find((seconds) => String(seconds) === text) ?? null;
}
