import * as v from 'valibot';

/** A TCP port, from text. */
export const portNumber = v.pipe(
  v.string(),
  v.regex(/^\d+$/, 'a port'),
  v.transform(Number),
  v.maxValue(65_535, 'a port up to 65535'),
);

/** Names divided by commas. */
export const namesFrom = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ),
);

/** Checks the environment. Throws an `Error` that names each variable that is wrong and what it wants. */
export function checkEnvironment<const Schema extends v.GenericSchema>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): v.InferOutput<Schema> {
  // An empty variable means "not set", as Compose passes on `${NAME:-}`.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = v.safeParse(schema, set);
  if (parsed.success) return parsed.output;
  const wrong = parsed.issues.map((issue) => {
    const name = v.getDotPath(issue) ?? '';
    return `${name}: expected ${issue.message}, got ${JSON.stringify(set[name])}`;
  });
  throw new Error(`The environment is not right. ${wrong.join('; ')}. Correct it and start again.`);
}
