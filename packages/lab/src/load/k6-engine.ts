import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { anyFreePort } from '../ports/free-port.ts';
import { root } from '../settings.ts';
import type { Counts, LoadEngine, LoadTarget } from './engine.ts';

const script = join(root, 'k6', 'steady.ts');
/** Far longer than any run: the lab says when it ends. */
const for_ever = '720h';
/** From this version on k6 runs TypeScript as it stands. */
const oldest_major = 1;

/** Whether a k6 that runs TypeScript is on PATH. */
export function hasK6(): boolean {
  const { status, stdout } = spawnSync('k6', ['version'], { encoding: 'utf8', timeout: 5000 });
  return status === 0 && runsTypeScript(stdout);
}

/** Reads the first line of `k6 version`: "k6 v2.2.0 (…)". */
function runsTypeScript(version: string): boolean {
  return Number(/\bv(\d+)\./.exec(version)?.[1] ?? 0) >= oldest_major;
}

/** Load by k6, whose counts are read from its REST API. Its script expects refused connections and goes on. */
export class K6Engine implements LoadEngine {
  readonly name = 'k6';
  readonly port: number;
  readonly ended: Promise<string | undefined>;
  readonly #child: ChildProcess;
  #counts: Counts = { answered: 0, refused: 0, failed: 0 };
  #words = '';
  #stopped = false;

  static async start(target: LoadTarget): Promise<K6Engine> {
    return new K6Engine(target, await anyFreePort());
  }

  private constructor({ url, rate }: LoadTarget, port: number) {
    this.port = port;
    const variables = { BASE_URL: new URL(url).origin, RATE: String(rate), DURATION: for_ever };
    const settings = Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    const quiet = ['--quiet', '--no-color', '--no-usage-report', '--summary-mode', 'disabled'];
    this.#child = spawn('k6', ['run', '--address', `127.0.0.1:${port}`, ...quiet, ...settings, script], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C is the lab's to handle: the summary comes before the end.
      detached: process.platform !== 'win32',
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#words = (this.#words + text).slice(-2000);
    });
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(error.message));
      this.#child.once('exit', (code) =>
        resolve(this.#stopped || code === 0 ? undefined : `k6 ended with ${code}: ${this.#words.trim()}`),
      );
    });
    // However the lab's process ends, no load goes on.
    process.once('exit', () => this.#child.kill('SIGKILL'));
  }

  async counts(): Promise<Counts> {
    const [all, failed] = await Promise.all([
      this.#metric('http_reqs', 'count'),
      this.#metric('http_req_failed', 'rate'),
    ]);
    if (all !== undefined) {
      const lost = Math.round(all * (failed ?? 0));
      this.#counts = { answered: all - lost, refused: 0, failed: lost };
    }
    return this.#counts;
  }

  async stop(): Promise<void> {
    await this.counts();
    this.#stopped = true;
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await this.ended;
    clearTimeout(force);
  }

  /** One value of `GET /v1/metrics/<name>`; `undefined` until k6 has one. */
  async #metric(name: string, value: string): Promise<number | undefined> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/v1/metrics/${name}`, {
        signal: AbortSignal.timeout(500),
      });
      const { data } = (await response.json()) as {
        data: { attributes: { sample: Record<string, number> } };
      };
      return data.attributes.sample[value];
    } catch {
      return undefined;
    }
  }
}
