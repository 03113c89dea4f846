/** The service as it is, with a switch for faults in its metrics. Runs in the service's image (compose.yaml). */
import { readConfig } from '../../../services/leaky-service/src/config.ts';
import { createLogger } from '../../../services/leaky-service/src/logger.ts';
import { assembleService } from '../../../services/leaky-service/src/service.ts';
import { isTracing } from '../../../services/leaky-service/src/telemetry.ts';
import { faultRoutes } from './faults.ts';

const config = readConfig(process.env);
const { server } = assembleService(config, createLogger(config.logLevel), {
  tracing: isTracing,
  moreRoutes: faultRoutes,
});
server.listen(config.port, config.host);
