import { refine, route } from '../route/navigation.ts';
import { evidence } from '../route/route.ts';

type EvidenceRoute = typeof evidence;

/** What of the evidence is looked at. */
export function here(): EvidenceRoute {
  return route.value.page === 'evidence' ? route.value : evidence;
}

/** Looks at something else of it; the URL says so. */
export function look(at: Partial<EvidenceRoute>): void {
  refine({ ...here(), ...at });
}
