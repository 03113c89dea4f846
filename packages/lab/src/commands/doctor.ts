import { askDocker, listContainers } from '../docker/docker.ts';
import type { Finding } from '../doctor/finding.ts';
import { checkDocker, checkLimit, checkPorts, checkSettings, checkValkey } from '../doctor/lab-parts.ts';
import { checkDisk, checkMemory, checkNode, checkNpm } from '../doctor/machine.ts';
import { hasK6 } from '../load/k6-engine.ts';
import { chooseLimit } from '../memory-limit/choose.ts';
import { findLab } from '../running-lab.ts';
import { readVariables } from '../settings.ts';
import { findValkeyServer } from '../valkey/find-server.ts';

/** `./lab doctor`: what is fine on this machine, what is not, and what to do. Exit code 1 when something is not. */
export async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const findings = await examine();
  const sound = findings.every(({ verdict }) => verdict !== 'not ok');
  console.log(options.json ? JSON.stringify({ ok: sound, findings }, null, 2) : inWords(findings, sound));
  if (!sound) process.exitCode = 1;
}

async function examine(): Promise<Finding[]> {
  const { settings, directory, embedded } = findLab();
  const docker = askDocker();
  const runs = embedded !== undefined || (docker.kind === 'ready' && listContainers().length > 0);
  const limit = chooseLimit(settings.memory_limit_bytes);
  try {
    return [
      checkNode(),
      checkNpm(),
      checkMemory(),
      checkDisk(directory.path),
      checkLimit(limit),
      ...(await checkPorts(settings.ports, runs)),
      checkDocker(docker),
      checkValkey(findValkeyServer(), settings.valkey_url),
      checkSettings(readVariables()),
      hasK6()
        ? { what: 'k6', verdict: 'ok', found: 'drives ./lab load' }
        : { what: 'k6', verdict: 'ok', found: 'not on PATH; autocannon drives ./lab load' },
    ];
  } finally {
    limit.remove();
  }
}

const marks = { ok: '✓', limited: '!', 'not ok': '✗' } as const;

function inWords(findings: readonly Finding[], sound: boolean): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.flatMap(({ what, verdict, found, advice }) => [
    `${marks[verdict]} ${what.padEnd(width)}  ${found}`,
    ...(advice === undefined ? [] : [`  ${' '.repeat(width)}  → ${advice}`]),
  ]);
  return [
    ...lines,
    '',
    sound ? 'The lab can run here: ./lab up' : 'The lab cannot run as it stands; see ✗ above.',
  ].join('\n');
}
