import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { availableMemory } from 'node:process';
import { formatMegabytes, mebibyte_bytes } from '../text/bytes.ts';
import type { Finding } from './finding.ts';

const pinned_major = 26;
const oldest_npm_major = 10;
/** Service at its limit, upstream, supervisor and load. */
const embedded_bytes = 600 * mebibyte_bytes;
const docker_bytes = 2 * 1024 * mebibyte_bytes;
const disk_bytes = 1024 * mebibyte_bytes;

/** The Node that runs this, which is the one the service gets. */
export function checkNode(version = process.versions.node): Finding {
  const what = 'Node';
  if (Number(version.split('.')[0]) === pinned_major) return { what, verdict: 'ok', found: version };
  return {
    what,
    verdict: 'not ok',
    found: version,
    advice: `use ./lab, which brings Node ${pinned_major} with it`,
  };
}

export function checkNpm(): Finding {
  const what = 'npm';
  const { status, stdout } = spawnSync('npm', ['--version'], {
    encoding: 'utf8',
    timeout: 20_000,
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    return { what, verdict: 'not ok', found: 'not on PATH', advice: 'install Node from https://nodejs.org' };
  const found = stdout.trim();
  if (Number(found.split('.')[0]) >= oldest_npm_major) return { what, verdict: 'ok', found };
  return {
    what,
    verdict: 'not ok',
    found,
    advice: `npm ${oldest_npm_major} or later is needed: npm install --global npm`,
  };
}

/** Memory that programs may still take. */
export function checkMemory(available_bytes = Math.max(availableMemory(), freemem())): Finding {
  const what = 'memory';
  const found = `${formatMegabytes(available_bytes)} of ${formatMegabytes(totalmem())} available`;
  if (available_bytes < embedded_bytes) {
    return {
      what,
      verdict: 'not ok',
      found,
      advice: `close programs: the lab needs ${formatMegabytes(embedded_bytes)}`,
    };
  }
  if (available_bytes < docker_bytes) {
    return {
      what,
      verdict: 'limited',
      found,
      advice: `enough for ./lab up; the stack wants ${formatMegabytes(docker_bytes)}`,
    };
  }
  return { what, verdict: 'ok', found };
}

export function checkDisk(folder: string): Finding {
  const what = 'disk';
  const existing = existsSync(folder) ? folder : dirname(folder);
  const { bavail, bsize } = statfsSync(existing);
  const free_bytes = bavail * bsize;
  const found = `${formatMegabytes(free_bytes)} free in ${existing}`;
  if (free_bytes >= disk_bytes) return { what, verdict: 'ok', found };
  return { what, verdict: 'not ok', found, advice: `free ${formatMegabytes(disk_bytes)} there` };
}
