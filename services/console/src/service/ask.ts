import { HttpError } from '@leak-lab/json-service';
import * as v from 'valibot';
import { type Answer, type CallOptions, jsonOf, type ServiceClient, ServiceSilent } from './client.ts';

const errorSchema = v.object({
  error: v.object({
    code: v.string(),
    message: v.string(),
    details: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
});

/**
 * Asks the service on behalf of somebody, and returns the JSON of a 2xx answer. Its refusals are passed on as they came;
 * silence is 502, or 504 where it took too long.
 */
export async function askService(
  client: ServiceClient,
  method: string,
  path: string,
  options: CallOptions,
): Promise<unknown> {
  let answer: Answer;
  let json: unknown;
  try {
    answer = await client.call(method, path, options);
    json = jsonOf(answer, path);
  } catch (error) {
    if (error instanceof ServiceSilent && error.silence === 'timeout') {
      throw new HttpError(504, 'service_hanging', `${error.message} Try again when it answers.`);
    }
    throw new HttpError(
      502,
      'service_unreachable',
      `${(error as Error).message} Try again when the service runs.`,
    );
  }
  if (answer.status >= 200 && answer.status < 300) return json;
  const told = v.safeParse(errorSchema, json);
  if (!told.success) {
    throw new HttpError(
      502,
      'service_nonsense',
      `${method} ${path} of the service answered ${answer.status} without a reason.`,
    );
  }
  const { code, message, details } = told.output.error;
  const retry = answer.headers['retry-after'];
  throw new HttpError(
    answer.status,
    code,
    message,
    details,
    retry === undefined ? {} : { 'retry-after': retry },
  );
}
