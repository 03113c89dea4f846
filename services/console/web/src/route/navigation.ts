import { signal } from '@preact/signals';
import { formatRoute, parseRoute, type Route } from './route.ts';

/** Where the reader is. */
export const route = signal<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash);
});

/** Goes there, as a link would: back leads here again. */
export function go(to: Route): void {
  location.hash = formatRoute(to);
}

/** The same place, said more exactly: back does not stop at each. */
export function refine(to: Route): void {
  history.replaceState(null, '', formatRoute(to));
  route.value = to;
}
