import type { Route } from '@leak-lab/json-service';
import { refusals } from '../errors.ts';
import type { ValkeyServer } from '../valkey/server.ts';

export function valkeyRoutes(valkey: ValkeyServer): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/valkey',
      refusals: refusals('no_valkey', 'valkey_unreachable'),
      summary: 'Whether a Valkey answers that this service may write to; what to do where none does.',
      handler: async (_request, response) => {
        await valkey.expect();
        await valkey.read();
        response.json({ timestamp: new Date().toISOString(), answers: true });
      },
    },
  ];
}
