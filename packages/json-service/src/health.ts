import type { Route } from './routes.ts';

/** `GET /health`: that this process answers. `program` is what its description calls it. */
export function healthRoute(program: string): Route {
  return {
    method: 'get',
    path: '/health',
    summary: `Whether the ${program} answers, since when, and as which process.`,
    handler: (_request, response) => {
      response.json({
        status: 'ok',
        uptime_seconds: Math.round(process.uptime() * 10) / 10,
        pid: process.pid,
      });
    },
  };
}
