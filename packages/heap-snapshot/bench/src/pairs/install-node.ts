import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { bench } from '../run/tools.ts';

/** The newest Node of a line, such as `20`, installed into the bench's own folder; returns its program. */
export function installNode(line: string): string {
  const folder = resolve(bench, 'build', `node-${line}`);
  const name = `node-${process.platform}-${process.arch}`;
  const program = resolve(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(program)) {
    const options = ['--no-audit', '--no-fund', '--prefix', folder];
    execFileSync('npm', ['install', ...options, `${name}@${line}`], { stdio: 'inherit' });
  }
  return program;
}
