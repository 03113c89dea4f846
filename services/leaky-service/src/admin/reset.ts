import type { Route } from '@leak-lab/json-service';
import type { Switchboard } from '../leaks/switchboard.ts';
import { collectGarbage } from '../memory/gc.ts';
import { readProcessMemory } from '../memory/process.ts';
import type { UpstreamClient } from '../upstream/client.ts';

export interface ResetDeps {
  readonly switchboard: Switchboard;
  readonly upstream: UpstreamClient;
  /** Drops what was read before, so that nothing is compared with it. */
  forgetBaselines(): void;
  readonly blind: boolean;
}

export function resetRoutes({ switchboard, upstream, forgetBaselines, blind }: ResetDeps): Route[] {
  return [
    {
      method: 'post',
      path: '/admin/reset',
      summary:
        'Everything as after a start: leaks off and empty, usual sizes, baselines dropped, the upstream as it was, garbage collected.',
      handler: async (_request, response) => {
        switchboard.reset();
        forgetBaselines();
        const upstreamReset = await resetUpstream(upstream);
        await collectGarbage();
        response.json({
          reset: true,
          upstream_reset: upstreamReset,
          ...(!blind && { leaks: switchboard.states() }),
          process: readProcessMemory(),
        });
      },
    },
  ];
}

/** A reset must work without the upstream too: then it is told that the upstream was left as it is. */
async function resetUpstream(upstream: UpstreamClient): Promise<boolean> {
  try {
    return (await upstream.call('POST', '/settings/reset')).status === 200;
  } catch {
    return false;
  }
}
