import type { CompletionNode, CompletionOption } from './command-tree.ts';

/** A completion script for bash 3.2 and later, as macOS has it. */
export function bashCompletion(tree: readonly CompletionNode[]): string {
  return `# bash completion for ./lab; load it with: source <(./lab completion bash)
_lab_completion() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command='' place=0 words='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      -*) ;;
      *) if [ -z "$command" ]; then command=\${COMP_WORDS[index]}; else place=$((place + 1)); fi ;;
    esac
  done
  case $command in
    '') words='${tree.map(({ name }) => name).join(' ')} --help --version' ;;
${tree.map(commandCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _lab_completion lab ./lab
`;
}

function commandCase({ name, options, positional }: CompletionNode): string {
  const flags = [...options.flatMap((option) => option.flags), '--help'].join(' ');
  const places = positional.map((choices, index) => `          ${index}) words="${choices.join(' ')}" ;;`);
  const values = options.filter(({ takesValue }) => takesValue).map(valueCase);
  return [
    `    ${name})`,
    '      case $place in',
    ...places,
    '      esac',
    `      case $current in -*) words='${flags}' ;; esac`,
    ...(values.length === 0 ? [] : ['      case $previous in', ...values, '      esac']),
    '      ;;',
  ].join('\n');
}

const valueCase = ({ flags, choices }: CompletionOption) =>
  `        ${flags.join('|')}) words='${choices.join(' ')}' ;;`;
