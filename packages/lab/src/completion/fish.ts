import type { CompletionNode, CompletionOption } from './command-tree.ts';

/** A completion script for fish. */
export function fishCompletion(tree: readonly CompletionNode[]): string {
  return [
    '# fish completion for ./lab; load it with: ./lab completion fish | source',
    'complete -c lab -f',
    ...tree.flatMap(commandLines),
    '',
  ].join('\n');
}

function commandLines({ name, summary, options, positional }: CompletionNode): string[] {
  const inside = `-n '__fish_seen_subcommand_from ${name}'`;
  const words = [...new Set(positional.flat())];
  return [
    `complete -c lab -n '__fish_use_subcommand' -a ${name} -d '${quote(summary)}'`,
    ...(words.length === 0 ? [] : [`complete -c lab ${inside} -a '${words.join(' ')}'`]),
    ...options.map((option) => `complete -c lab ${inside} ${optionWords(option)}`),
  ];
}

function optionWords({ flags, summary, takesValue, choices }: CompletionOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = takesValue ? ` -r${choices.length === 0 ? '' : ` -a '${choices.join(' ')}'`}` : '';
  return `${names.join(' ')} -d '${quote(summary)}'${value}`;
}

const quote = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
