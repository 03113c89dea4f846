import { checkBody, type Route } from '@leak-lab/json-service';
import type { Response } from 'express';
import * as v from 'valibot';
import { type ErrorCode, refusals, ServiceError } from '../errors.ts';
import type { UpstreamAnswer, UpstreamClient } from '../upstream/client.ts';

const settingsBody = v.strictObject({
  latency_ms: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60_000))),
  body_bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64 * 1024 * 1024))),
  failure_ratio: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});

export function upstreamRoutes(upstream: UpstreamClient): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/upstream',
      refusals: refusals('upstream_unreachable'),
      summary: 'How the upstream behaves now.',
      handler: async (_request, response) => passOn(response, await ask(upstream, 'GET', '/settings')),
    },
    {
      method: 'post',
      path: '/admin/upstream',
      refusals: refusals('upstream_unreachable'),
      summary: 'Sets the latency, the size and the share of failures of what the upstream answers.',
      body: settingsBody,
      handler: async (request, response) => {
        const settings = checkBody(settingsBody, request.body);
        passOn(response, await ask(upstream, 'POST', '/settings', settings));
      },
    },
  ];
}

/** Asks the upstream. Throws `upstream_unreachable` where it does not answer. */
export async function ask(
  upstream: UpstreamClient,
  method: 'GET' | 'POST',
  path: string,
  json?: unknown,
): Promise<UpstreamAnswer> {
  try {
    return await upstream.call(method, path, json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      'upstream_unreachable',
      `The upstream did not answer: ${reason}. Is it running, and does UPSTREAM_URL name it?`,
    );
  }
}

/** The upstream's answer as it came; its refusals keep their own words. */
function passOn(response: Response, answer: UpstreamAnswer): void {
  if (answer.status < 400) {
    response.status(answer.status).type('application/json').send(answer.body);
    return;
  }
  const code: ErrorCode = answer.status < 500 ? 'invalid_body' : 'upstream_unreachable';
  throw new ServiceError(code, `The upstream refused: ${answer.body.slice(0, 300)}`, {
    upstream_status: answer.status,
  });
}
