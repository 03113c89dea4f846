import { LabError } from '../lab-error.ts';
import { type Environment, parsePort, portVariables } from '../settings.ts';
import { mebibyte_bytes, parseBytes } from '../text/bytes.ts';

/** Ports that the stack publishes; the upstream's is inside its network. */
const published = [
  'service',
  'console',
  'patient_b',
  'patient_c',
  'grafana',
  'prometheus',
  'jaeger',
] as const;
/** Below it Docker starts no container. */
const leastLimit_bytes = 6 * mebibyte_bytes;
/** As Docker reads the name of an image: registry and path, then a tag, a digest, or both. */
const image =
  /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})(@sha256:[0-9a-f]{64})?$/;

/**
 * Looks through what `.env` and the environment say of the stack, before anything of it starts.
 * Throws a `LabError` with a line for each value that is wrong: what was expected, what came.
 */
export function checkStackSettings(variables: Environment): void {
  const wrong = [
    ...Object.keys(variables).flatMap((name) => wrongValue(name, variables[name] ?? '')),
    ...portsTwice(variables),
  ];
  if (wrong.length === 0) return;
  throw new LabError({
    problem:
      wrong.length === 1
        ? 'A setting of the stack is wrong.'
        : `${wrong.length} settings of the stack are wrong.`,
    came: wrong.join('\n'),
    advice: 'change them in .env, or in the environment, which goes before it; nothing was started',
  });
}

function wrongValue(name: string, text: string): string[] {
  const said = (expected: string) => [`${name}=${text}: expected ${expected}`];
  if (/^[A-Z]+_IMAGE$/.test(name))
    return image.test(text) ? [] : said('the name of an image with its tag, as prom/prometheus:v3.14.0');
  if (name === 'VALKEY_MAXMEMORY') return isSize(name, text) ? [] : said('a size, as 256mb or 1gb');
  if (/^[A-Z0-9]+_MEMORY_LIMIT$/.test(name))
    return isLimit(name, text) ? [] : said('a size from 6m on, as 256m or 1g');
  if (isPublished(name)) return isPort(name, text) ? [] : said('a port from 1 to 65535');
  if (name === 'TAIL_SAMPLING') return text === 'on' || text === 'off' ? [] : said('on or off');
  if (name === 'BLIND') return /^(true|false|1|0|)$/.test(text) ? [] : said('true or false');
  return [];
}

function isSize(name: string, text: string): boolean {
  try {
    // Valkey takes 256m for 256,000,000 bytes and 256mb for what the lab calls 256 MB.
    return /^\d+([kmg]b)?$/i.test(text) && parseBytes(text, name) > 0;
  } catch {
    return false;
  }
}

function isLimit(name: string, text: string): boolean {
  try {
    // Compose reads no "256 m", and nothing after the unit but a b.
    return /^\d+[bkmg]?b?$/i.test(text) && parseBytes(text, name) >= leastLimit_bytes;
  } catch {
    return false;
  }
}

function isPort(name: string, text: string): boolean {
  try {
    return parsePort(text, name) > 0;
  } catch {
    return false;
  }
}

const isPublished = (name: string) => published.some((port) => portVariables[port][0] === name);

function portsTwice(variables: Environment): string[] {
  const names = Map.groupBy(
    published,
    (port) => variables[portVariables[port][0]] || String(portVariables[port][1]),
  );
  return [...names].flatMap(([port, of]) =>
    of.length < 2
      ? []
      : [`${of.map((name) => portVariables[name][0]).join(', ')}=${port}: expected a port for each`],
  );
}
