/**
 * Drives the service until the memory limit ends it, and says when that was. Ends by itself; a refused or
 * broken connection is what it waits for. Exit code 0: the service died; 99: it lived; 108: it was not there.
 *   docker compose run --rm -e LEAKS=history k6 run /scripts/memory-stress.ts      RATE=200 DURATION=5m
 * LEAKS: which to turn on. Without it, those already on; where none is, cache. A blind lab keeps to those it began with.
 */
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import type { Options } from 'k6/options';
import type { Drive } from '../packages/workload/src/index.ts';
import {
  admin,
  adminHeaders,
  baseUrl,
  bodyFor,
  driveOfLeaks,
  duration_seconds,
  leaksInWords,
  leaksOn,
  type MemoryAnswer,
  memoryIn,
  rate,
  shareOf,
  turnOn,
  typeFor,
} from './lab.ts';

/** k6's error code for an answer that did not come in time: slow is not dead. */
const timedOut = 1050;
const limits = { timeout: '5s' };
const adminLimits = { ...limits, headers: adminHeaders() };
const deaths = new Counter('service_deaths');
const patience_seconds = duration_seconds(300);
/** So often is asked how old the process is: with few requests it may die and be back between two of them. */
const look_ms = 1_000;
const tellEvery_seconds = 5;
/** Requests under way at a time: a service near its limit answers slowly, and gets no pile on top. */
const mostUnderWay = 200;

export const options: Options = {
  // One user who does not wait for answers: so the first broken connection is known to all of the load.
  scenarios: {
    stress: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: 1,
      maxDuration: `${patience_seconds + 30}s`,
    },
  },
  thresholds: { service_deaths: ['count>0'] },
};

interface Begun {
  readonly drive: Drive;
  /** How old the process was. */
  readonly age_seconds: number;
}

export function setup(): Begun {
  const wanted = (__ENV['LEAKS'] ?? '').split(',').filter((id) => id !== '');
  const on = leaksOn();
  if (wanted.length === 0 && on?.length === 0) wanted.push('cache');
  if (on !== undefined) for (const leak of wanted) turnOn(leak);
  const drive = driveOfLeaks();
  const what = `${drive.method} ${drive.path}`;
  console.log(
    `${leaksInWords()} ${rate * shareOf(drive)} requests a second until the service dies: ${what}.`,
  );
  const { process } = admin<MemoryAnswer>('GET', '/admin/memory');
  return { drive, age_seconds: process.uptime_seconds };
}

export default function stress({ drive, age_seconds }: Begun): Promise<void> {
  const started = Date.now();
  const dueRate = rate * shareOf(drive);
  const requestLimits = { ...limits, headers: typeFor(drive) };
  const elapsed_seconds = () => (Date.now() - started) / 1000;
  let [sent, underWay, answered, memory] = [0, 0, 0, 'unknown'];
  let [age, told_seconds] = [age_seconds, 0];

  return new Promise((resolve) => {
    const timers = [setInterval(sendDue, 10), setInterval(look, look_ms)];

    function sendDue(): void {
      if (elapsed_seconds() > patience_seconds) end('The service lived');
      const due = Math.min(elapsed_seconds() * dueRate, sent + mostUnderWay - underWay);
      while (sent < due) void send();
    }

    async function send(): Promise<void> {
      sent += 1;
      underWay += 1;
      const { status, error, error_code } = await http.asyncRequest(
        drive.method,
        baseUrl + drive.path,
        bodyFor(drive),
        requestLimits,
      );
      underWay -= 1;
      if (status === 200) answered += 1;
      else if (status === 0 && error_code !== timedOut && end(`The service died (${error})`)) deaths.add(1);
    }

    async function look(): Promise<void> {
      const response = await http.asyncRequest('GET', `${baseUrl}/admin/memory`, null, adminLimits);
      if (response.status !== 200) return;
      const now = response.json() as unknown as MemoryAnswer;
      const { uptime_seconds } = now.process;
      // Looks may be answered out of turn, near the end by seconds; a fresh process is younger than all of the load.
      if (uptime_seconds < age && uptime_seconds < elapsed_seconds()) {
        if (end('The service died (another process answers in its place)')) deaths.add(1);
        return;
      }
      age = uptime_seconds;
      memory = memoryIn(now);
      if (elapsed_seconds() < told_seconds + tellEvery_seconds || timers.length === 0) return;
      told_seconds = elapsed_seconds();
      console.log(`${told_seconds.toFixed(0)} s: ${memory}, ${answered} requests answered`);
    }

    /** Whether this is the first word of the end. */
    function end(what: string): boolean {
      if (timers.length === 0) return false;
      for (const timer of timers.splice(0)) clearInterval(timer);
      const when = `${elapsed_seconds().toFixed(1)} s after the start, after ${answered} answered requests`;
      console.log(`${what}: ${when}; last memory reading ${memory}.`);
      resolve();
      return true;
    }
  });
}
