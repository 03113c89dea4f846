import { type DockerState, dockerAdvice } from '../docker/docker.ts';
import { checkStackSettings } from '../docker/stack-settings.ts';
import { LabError } from '../lab-error.ts';
import { limitInWords } from '../memory-limit/choose.ts';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import { whyNotFree } from '../ports/free-port.ts';
import { findPortHolder, holderInWords } from '../ports/port-holder.ts';
import { type Environment, type Ports, portVariables } from '../settings.ts';
import { nameOf, valkeyAdvice } from '../valkey/choose.ts';
import type { Finding } from './finding.ts';

/** Whether Docker can carry the stack. The embedded lab needs none of it. */
export function checkDocker(state: DockerState): Finding {
  const what = 'Docker';
  if (state.kind === 'ready')
    return { what, verdict: 'ok', found: `Engine ${state.engine}, Compose ${state.compose}` };
  return { what, verdict: 'limited', found: state.reason, advice: dockerAdvice(state.kind) };
}

/** Whether what `.env` says of the stack can be used. The embedded lab reads little of it. */
export function checkSettings(variables: Environment): Finding {
  const what = 'settings of the stack';
  try {
    checkStackSettings(variables);
    return { what, verdict: 'ok', found: 'images, limits and ports can be read' };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const { problem, came, advice } = error.complaint;
    return { what, verdict: 'limited', found: came ?? problem, advice };
  }
}

/** Who would keep the service to its memory. */
export function checkLimit(limit: MemoryLimit): Finding {
  const what = 'memory limit';
  const { kind, reason } = limit.description;
  const found = `${limitInWords(kind)}: ${reason}`;
  if (kind !== 'watchdog') return { what, verdict: 'ok', found };
  return {
    what,
    verdict: 'limited',
    found,
    advice: 'the lab works; for a kill by the kernel run as root, or ./lab up --docker',
  };
}

/** What the leak `keys` writes to in the embedded lab; all others do without. */
export function checkValkey(server: string | undefined, given: string | undefined): Finding {
  const what = 'Valkey';
  if (given !== undefined) return { what, verdict: 'ok', found: `${nameOf(given)}, as VALKEY_URL says` };
  if (server !== undefined) return { what, verdict: 'ok', found: `${server}, for the leak keys` };
  return { what, verdict: 'limited', found: 'neither valkey-server nor redis-server', advice: valkeyAdvice };
}

const embedded: readonly string[] = ['service', 'upstream', 'console'];

/** Each port: free, the running lab's own, or whose. */
export function checkPorts(ports: Ports, runs: boolean): Promise<Finding[]> {
  const names = Object.keys(portVariables) as (keyof Ports)[];
  return Promise.all(names.map((name) => checkPort(name, ports[name], runs)));
}

async function checkPort(name: keyof Ports, port: number, runs: boolean): Promise<Finding> {
  const what = `port ${port} (${name})`;
  const reason = port === 0 ? undefined : await whyNotFree(port);
  if (reason === undefined) return { what, verdict: 'ok', found: 'free' };
  const holder = holderInWords(findPortHolder(port));
  if (runs) return { what, verdict: 'ok', found: `in use while the lab runs, by ${holder}` };
  return {
    what,
    verdict: embedded.includes(name) ? 'not ok' : 'limited',
    found: reason === 'EADDRINUSE' ? `taken by ${holder}` : reason,
    advice: `stop it, or set ${portVariables[name][0]} in .env to another port`,
  };
}
