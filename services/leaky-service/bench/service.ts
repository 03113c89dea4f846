/** The service as `main.ts` starts it, with one more route. */
import { readConfig } from '../src/config.ts';
import { createLogger } from '../src/logger.ts';
import { assembleService } from '../src/service.ts';
import { isTracing } from '../src/telemetry.ts';
import { emptyRoute } from './empty-route.ts';

const config = readConfig(process.env);
const { server } = assembleService(config, createLogger(config.logLevel), {
  tracing: isTracing,
  moreRoutes: [emptyRoute],
});
server.listen(0, '127.0.0.1', () => process.send?.({ listening: server.address() }));
process.on('disconnect', () => process.exit(0));
