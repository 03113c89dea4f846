import type { SourceExcerpt } from '../../../src/api/contract.ts';
import { withQuery } from '../api/client.ts';
import { useLoaded } from '../state/loaded.ts';

interface Props {
  readonly file: string;
  readonly line: number;
  /** Lines shown before and after. */
  readonly around?: number;
}

/** The service's own source around a line, the line marked. */
export function SourceView({ file, line, around = 7 }: Props) {
  const { value, fault } = useLoaded<SourceExcerpt>(withQuery('/api/source', { file, line, around }));
  return (
    <figure class="source">
      <figcaption>
        {file}
        <span class="source-line">:{line}</span>
      </figcaption>
      {fault !== null && <p class="note">{fault.message}</p>}
      {value !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keys
        <section class="scroll" tabIndex={0} aria-label={`Source of ${file} around line ${line}`}>
          <pre>
            {value.lines.map((text, i) => {
              const number = value.first_line + i;
              const content = (
                <>
                  <span class="number">{number}</span>
                  {`${text}\n`}
                </>
              );
              return number === line ? (
                <mark key={number}>{content}</mark>
              ) : (
                <span key={number}>{content}</span>
              );
            })}
          </pre>
        </section>
      )}
    </figure>
  );
}
