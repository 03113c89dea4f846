import type { Route } from '@leak-lab/json-service';
import { responsesOf } from './openapi-responses.ts';

/** Describes the routes it is given, and itself. */
export function withOpenApi(routes: readonly Route[]): Route[] {
  const all: Route[] = [...routes];
  all.push({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description.',
    handler: async (_request, response) => {
      response.json(await describe(all));
    },
  });
  return all;
}

const error = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'details'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string', description: 'What was expected, what came, what to do.' },
        details: { type: 'object' },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the routes. Its converter is loaded when first asked for: few ask. */
async function describe(routes: readonly Route[]): Promise<object> {
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const { method, path, summary, body, bodyIsOptional, query } = route;
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    // What is turned into something else when it is read comes as text: that is what is described.
    const asked = query && toJsonSchema(query, { typeMode: 'input', errorMode: 'ignore' }).properties;
    const inQuery = Object.entries(asked ?? {}).map(([name, schema]) => ({ name, in: 'query', schema }));
    const parameters: object[] = [...inPath, ...inQuery];
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] ??= {};
    paths[template][method] = {
      summary,
      ...(parameters.length > 0 && { parameters }),
      ...(body && {
        requestBody: { required: !bodyIsOptional, content: jsonContent(withoutDialect(toJsonSchema(body))) },
      }),
      responses: responsesOf(route),
    };
  }
  const info = { title: 'leaky-service', version: '0.1.0', license: { name: 'MIT', identifier: 'MIT' } };
  return { openapi: '3.1.0', info, paths, components: { schemas: { Error: error } } };
}

const jsonContent = (schema: object) => ({ 'application/json': { schema } });

function withoutDialect({ $schema: _, ...schema }: { $schema?: string | undefined }): object {
  return schema;
}
