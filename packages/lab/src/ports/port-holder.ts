import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that listens on a port. */
export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/**
 * Who listens on a TCP port, where this user may see it: another user's processes show their
 * sockets to root alone.
 */
export function findPortHolder(
  port: number,
  platform: NodeJS.Platform = process.platform,
): PortHolder | undefined {
  try {
    return platform === 'linux' ? holderOnLinux(port) : parseLsof(lsof(port));
  } catch {
    return undefined;
  }
}

/** One sentence: by whom a port is taken. */
export function holderInWords(holder: PortHolder | undefined): string {
  return holder === undefined
    ? 'a process this user may not see'
    : `${holder.command} (process ${holder.pid})`;
}

function holderOnLinux(port: number): PortHolder | undefined {
  const inodes = new Set(
    ['tcp', 'tcp6'].flatMap((table) => listeningInodes(textOf(`/proc/net/${table}`) ?? '', port)),
  );
  if (inodes.size === 0) return undefined;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && holdsSocket(name, inodes)) {
      const command = (textOf(`/proc/${name}/cmdline`) ?? '').split('\0').filter(Boolean).join(' ');
      return {
        pid: Number(name),
        command: shorten(command || (textOf(`/proc/${name}/comm`)?.trim() ?? '?')),
      };
    }
  }
  return undefined;
}

/** The socket inodes that listen on `port` in a table of `/proc/net/tcp` or `tcp6` (man 5 proc_net). */
export function listeningInodes(table: string, port: number): string[] {
  const listening = '0A';
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    return fields[1]?.endsWith(suffix) && fields[3] === listening ? [fields[9] ?? ''] : [];
  });
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((descriptor) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${descriptor}`))?.[1];
      return inode !== undefined && inodes.has(inode);
    });
  } catch {
    return false;
  }
}

function lsof(port: number): string {
  return execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The first process in lsof's field output: a line `p<pid>`, then `c<command>`. */
export function parseLsof(output: string): PortHolder | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  return pid === undefined ? undefined : { pid: Number(pid), command: /^c(.+)$/m.exec(output)?.[1] ?? '?' };
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
