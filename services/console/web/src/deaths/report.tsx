import type { Death } from '../../../src/api/contract.ts';
import { Section } from '../parts/section.tsx';

interface Props {
  readonly report: Death['report'];
  readonly endedBy: Death['ended_by'];
}

/** V8's last words, or why there are none. */
export function Report({ report, endedBy }: Props) {
  return (
    <Section title="Diagnostic report">
      {report === null ? (
        <p class="dim">
          None
          {endedBy === 'kernel-oom-kill' &&
            ': a process that the kernel kills writes nothing, which itself tells this death from V8’s'}
          .
        </p>
      ) : (
        <>
          <p>
            Written on {report.trigger}: <code>{report.file}</code>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keys */}
          <section class="scroll" tabIndex={0} aria-label="The stack at the end">
            <pre class="stack">{report.javascript_stack.join('\n')}</pre>
          </section>
        </>
      )}
    </Section>
  );
}
