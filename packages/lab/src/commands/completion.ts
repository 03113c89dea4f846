import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.ts';
import { readCommandTree } from '../completion/command-tree.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `./lab completion bash|zsh|fish`: prints the script. */
export function completion(shell: keyof typeof scripts, program: Command): void {
  process.stdout.write(scripts[shell](readCommandTree(program)));
}
