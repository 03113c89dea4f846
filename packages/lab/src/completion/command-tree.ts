import type { Command } from 'commander';

/** What may stand at a place of the command line. */
export interface CompletionNode {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletionOption[];
  /** For each argument in order, the words it may be; none where it is free. */
  readonly positional: readonly (readonly string[])[];
}

export interface CompletionOption {
  readonly flags: readonly string[];
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Reads the commands, their options and the words they take from the command tree itself. */
export function readCommandTree(program: Command): CompletionNode[] {
  return program.commands
    .filter((command) => !('_hidden' in command && command._hidden === true))
    .map((command) => ({
      name: command.name(),
      summary: command.summary() || command.description(),
      options: command.options
        .filter(({ hidden }) => !hidden)
        .map((option) => ({
          flags: [option.short, option.long].filter((flag) => typeof flag === 'string'),
          summary: option.description,
          takesValue: option.required || option.optional,
          choices: option.argChoices ?? [],
        })),
      positional: [
        ...(command.commands.length > 0 ? [command.commands.map((one) => one.name())] : []),
        ...command.registeredArguments.map((argument) => argument.argChoices ?? []),
      ],
    }));
}
