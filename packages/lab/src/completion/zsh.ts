import type { CompletionNode, CompletionOption } from './command-tree.ts';

/** A completion script for zsh. */
export function zshCompletion(tree: readonly CompletionNode[]): string {
  return `#compdef lab
# zsh completion for ./lab; load it with: source <(./lab completion zsh)
_lab() {
  local -a commands
  commands=(
${tree.map(({ name, summary }) => `    '${name}:${quote(summary)}'`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${tree.map(commandCase).join('\n')}
  esac
}
compdef _lab lab ./lab
`;
}

function commandCase({ name, options, positional }: CompletionNode): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...positional.map(
      (choices, index) => `'${index + 1}:word:${choices.length === 0 ? ' ' : `(${choices.join(' ')})`}'`,
    ),
  ];
  return `    ${name}) _arguments ${specs.join(' ') || "'*:: :'"} ;;`;
}

function optionSpecs({ flags, summary, takesValue, choices }: CompletionOption): string[] {
  const value = takesValue ? `:value:${choices.length === 0 ? ' ' : `(${choices.join(' ')})`}` : '';
  return flags.map((flag) => `'${flag}[${quote(summary)}]${value}'`);
}

/** Inside single quotes, and inside the brackets and colons of zsh's own notation. */
const quote = (text: string) => text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, '\\$&');
