import { gauge } from './registry.ts';

/** Kinds of resource under which Node lists TCP connections, its own servers not among them. */
const socketKind = 'TCPSocketWrap';

/** What keeps the event loop alive now, by kind: a count for each name that Node gives. */
export function activeResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

export const openSockets = (resources = activeResources()): number => resources[socketKind] ?? 0;

export function addResourceMetrics(): void {
  gauge('process_open_sockets', 'TCP connections the process has open, in and out.', () => openSockets());
}
