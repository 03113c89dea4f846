interface Props<T> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly chosen: T | undefined;
  choose(value: T): void;
}

/** A few words of which one holds. */
export function Choice<T extends string | number | null>({ label, options, chosen, choose }: Props<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form; buttons that are pressed or not
    <div class="choice" role="group" aria-label={label}>
      {options.map(({ value, text }) => (
        <button key={text} type="button" aria-pressed={value === chosen} onClick={() => choose(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}
