/** Express as it comes, with the service's settings: what the service is measured against. */
import { createServer } from 'node:http';
import express from 'express';
import { emptyRoute } from './empty-route.ts';

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.set('query parser', 'simple');
app.get(emptyRoute.path, emptyRoute.handler);
const server = createServer(app);
server.listen(0, '127.0.0.1', () => process.send?.({ listening: server.address() }));
process.on('disconnect', () => process.exit(0));
