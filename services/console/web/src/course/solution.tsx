import { useEffect, useRef, useState } from 'preact/hooks';
import type { LabSummary } from '../../../src/api/contract.ts';
import { ask } from '../api/client.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { Prose } from './prose.tsx';

interface Props {
  readonly lab: LabSummary;
  readonly open: boolean;
}

/** The solution: open after passing, or to who gives up. */
export function Solution({ lab, open }: Props) {
  const reading = useAction();
  const [html, setHtml] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const read = (give_up: boolean) =>
    reading.run(async () => {
      const answer = await ask<{ readonly html: string }>('POST', '/api/course/solution', {
        lab: lab.id,
        give_up,
      });
      setHtml(answer.html);
    });
  useEffect(() => {
    if (html !== null) heading.current?.focus();
  }, [html]);
  useEffect(() => {
    if (!open) setHtml(null);
  }, [open]);
  return (
    <section class="solution" aria-label="Solution">
      <h2 ref={heading} tabIndex={-1}>
        Solution
      </h2>
      {html !== null ? (
        <Prose html={html} />
      ) : open ? (
        <button type="button" aria-busy={reading.busy} onClick={() => read(false)}>
          Show the solution
        </button>
      ) : (
        <>
          <p class="about">It opens when you have passed the lab.</p>
          <ConfirmButton
            label="Give up"
            question="Give up and read the solution? You can still pass this lab, begun anew."
            yes="Give up"
            busy={reading.busy}
            onYes={() => read(true)}
          />
        </>
      )}
      <FaultText fault={reading.fault} />
    </section>
  );
}
