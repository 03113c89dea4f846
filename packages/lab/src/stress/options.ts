import { wholeNumber } from '../text/whole-number.ts';
import { couldNotMeasure, refused } from './refused.ts';

/** The command line as it came. */
export interface StressOptions {
  readonly requests?: string;
  readonly workers?: string;
  readonly payload?: string;
  readonly keepAlive: boolean;
  readonly quick?: boolean;
  readonly method?: string;
  readonly path?: string;
  readonly pid?: string;
  readonly container?: string;
  readonly metrics?: string;
  readonly threshold: string;
  readonly timeout: string;
  readonly idle: string;
  readonly json?: boolean;
  readonly junit?: string;
  readonly compare?: string;
  readonly remote?: boolean;
}

/** How memory is to be read; at most one. */
export type ReadBy =
  | { readonly by: 'pid'; readonly pid: number }
  | { readonly by: 'container'; readonly name: string }
  | { readonly by: 'metrics'; readonly url: string };

/** The command line, read. */
export interface Wanted {
  /** `undefined`: as many as suit what is sent. */
  readonly requests: number | undefined;
  /** `undefined`: as many as suit what is sent. */
  readonly workers: number | undefined;
  readonly threshold_bytes: number;
  readonly method: string | undefined;
  readonly readBy: ReadBy | undefined;
}

const mostRequests = 10_000_000;
const mostWorkers = 1_000;
const mostThreshold_bytes = 2 ** 30;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Reads what can be read without asking anybody. Throws a `LabError` that says what cannot be used. */
export function readOptions(options: StressOptions): Wanted {
  const { requests, workers, threshold, method } = options;
  const named = method?.toUpperCase();
  if (named !== undefined && !methods.includes(named)) {
    throw refused({
      problem: '--method cannot be used.',
      expected: `one of ${methods.join(', ')}`,
      came: JSON.stringify(method),
      advice: './lab stress --method POST --path /api/ingest --payload small',
    });
  }
  return {
    requests: requests === undefined ? undefined : numberOf(requests, '--requests', 2, mostRequests, '5000'),
    workers: workers === undefined ? undefined : numberOf(workers, '--workers', 1, mostWorkers, '10'),
    threshold_bytes: numberOf(threshold, '--threshold', 1, mostThreshold_bytes, '100'),
    method: named,
    readBy: readByOf(options),
  };
}

function readByOf({ pid, container, metrics }: StressOptions): ReadBy | undefined {
  const given = [
    pid !== undefined && `--pid ${pid}`,
    container !== undefined && `--container ${container}`,
    metrics !== undefined && `--metrics ${metrics}`,
  ].filter((one) => one !== false);
  if (given.length > 1) {
    throw refused({
      problem: `${given.join(' and ')} cannot be used together.`,
      expected: 'one way to read the memory',
      came: `${given.length} of them`,
      advice: 'leave out all but one',
    });
  }
  if (pid !== undefined) return { by: 'pid', pid: numberOf(pid, '--pid', 1, 2 ** 31, '4711') };
  if (container !== undefined) return { by: 'container', name: container };
  return metrics === undefined ? undefined : { by: 'metrics', url: httpUrl(metrics, '--metrics').href };
}

/** A URL of a web server. Throws a `LabError` that names `setting`. */
export function httpUrl(text: string, setting: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw refused({
    problem: `${setting} is no address of a web server.`,
    expected: 'a URL with http:// or https://',
    came: JSON.stringify(text),
    advice: './lab stress http://localhost:3000/ --pid 4711',
  });
}

function numberOf(text: string, option: string, least: number, most: number, example: string): number {
  const advice = `./lab stress ${option} ${example}`;
  return wholeNumber(text, { option, least, most, advice, exit_code: couldNotMeasure });
}
