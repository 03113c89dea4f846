import type { Route } from '@leak-lab/json-service';
import type { Blindness } from '../incidents/blindness.ts';
import type { Switchboard } from '../leaks/switchboard.ts';
import { collectGarbage } from '../memory/gc.ts';
import { readProcessMemory } from '../memory/process.ts';
import type { UpstreamClient } from '../upstream/client.ts';
import { refusingInIncident } from './incident.ts';

export interface ResetDeps {
  readonly switchboard: Switchboard;
  readonly upstream: UpstreamClient;
  /** Drops what was read before, so that nothing is compared with it. */
  forgetBaselines(): void;
}

/** Everything as after a start. Says whether the upstream is, too; a reset must work without it. */
export async function resetAll({ switchboard, upstream, forgetBaselines }: ResetDeps): Promise<boolean> {
  switchboard.reset();
  await switchboard.cleared();
  forgetBaselines();
  const upstreamReset = await resetUpstream(upstream);
  await collectGarbage();
  return upstreamReset;
}

export function resetRoutes(deps: ResetDeps, blind: Blindness): Route[] {
  const route: Route = {
    method: 'post',
    path: '/admin/reset',
    summary:
      'Everything as after a start: leaks off and empty, usual sizes, baselines dropped, the upstream as it was, garbage collected.',
    handler: async (_request, response) => {
      const upstreamReset = await resetAll(deps);
      response.json({
        reset: true,
        upstream_reset: upstreamReset,
        ...(!blind.now() && { leaks: deps.switchboard.states() }),
        process: readProcessMemory(),
      });
    },
  };
  return refusingInIncident([route], blind);
}

/** Then it is told that the upstream was left as it is. */
async function resetUpstream(upstream: UpstreamClient): Promise<boolean> {
  try {
    return (await upstream.call('POST', '/settings/reset')).status === 200;
  } catch {
    return false;
  }
}
