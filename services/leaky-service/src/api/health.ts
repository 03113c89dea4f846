import type { Route } from '../http/route.ts';

export function healthRoutes(): Route[] {
  return [
    {
      method: 'get',
      path: '/health',
      summary: 'Whether the service answers, since when, and as which process.',
      handler: (_request, response) => {
        response.json({
          status: 'ok',
          uptime_seconds: Math.round(process.uptime() * 10) / 10,
          pid: process.pid,
        });
      },
    },
  ];
}
