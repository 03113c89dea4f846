import { useEffect, useRef, useState } from 'preact/hooks';

interface Props {
  readonly label: string;
  /** What will happen, asked before it does. */
  readonly question: string;
  /** The word on the button that does it. */
  readonly yes: string;
  readonly busy?: boolean;
  readonly kind?: 'quiet' | 'danger' | undefined;
  /** Which of several alike, for who cannot see where the button stands. */
  readonly about?: string | undefined;
  onYes(): void;
}

/** A button that asks once more in its own place. */
export function ConfirmButton({ label, question, yes, busy = false, kind, about, onYes }: Props) {
  const [asking, setAsking] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (asking) no.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  if (!asking) {
    return (
      <button
        type="button"
        class={kind ?? ''}
        ref={first}
        disabled={busy}
        aria-label={about && `${label} ${about}`}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question inside a row; a fieldset is for forms
    <div
      class="confirm"
      role="group"
      aria-label={question}
      onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}
    >
      <p>{question}</p>
      <button
        type="button"
        class="danger"
        onClick={() => {
          setAsking(false);
          onYes();
        }}
      >
        {yes}
      </button>
      <button type="button" ref={no} onClick={() => setAsking(false)}>
        Cancel
      </button>
    </div>
  );
}
