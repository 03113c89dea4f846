/** The service as it is, with a control on the path of each request. Runs in the service's image (compose.yaml). */

import { readConfig } from '../../../services/leaky-service/src/config.ts';
import { createLogger } from '../../../services/leaky-service/src/logger.ts';
import { assembleService } from '../../../services/leaky-service/src/service.ts';
import { isTracing } from '../../../services/leaky-service/src/telemetry.ts';
import { controls } from './controls.ts';
import { faultRoutes } from './faults.ts';

const name = process.env['CONTROL'] || 'none';
const begin = controls[name];
if (!begin)
  throw new Error(
    `CONTROL: expected one of ${Object.keys(controls).join(', ')}, got ${JSON.stringify(name)}.`,
  );
const control = begin();

const config = readConfig(process.env);
const { server } = assembleService(config, createLogger(config.logLevel), {
  tracing: isTracing,
  moreRoutes: [
    ...faultRoutes,
    {
      method: 'get',
      path: '/api/data',
      summary: 'The newest orders, after what the control does.',
      handler: (_request, response) => {
        control();
        response.json({ orders: [] });
      },
    },
  ],
});
server.listen(config.port, config.host);
