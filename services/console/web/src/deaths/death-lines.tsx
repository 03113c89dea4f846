import { useState } from 'preact/hooks';
import type { AllocationLine, Death } from '../../../src/api/contract.ts';
import { LineTable } from '../evidence/line-table.tsx';
import { Section } from '../parts/section.tsx';
import { SourceView } from '../parts/source-view.tsx';

const mostLines = 8;

/** The lines that held more at the last profile, the one that held most first. */
export function DeathLines({ death }: { readonly death: Death }) {
  const [wanted, setWanted] = useState<AllocationLine | null>(null);
  const growing =
    death.allocations?.growing.filter(({ growth_bytes }) => growth_bytes > 0).slice(0, mostLines) ?? [];
  const lines = growing.length > 0 ? growing : death.top_line === null ? [] : [death.top_line];
  const chosen = wanted ?? lines[0];
  if (chosen === undefined) return null;
  return (
    <Section title="Lines that held more">
      <div class="two">
        <LineTable title="Growing lines" lines={lines} chosen={chosen} choose={setWanted} />
        {chosen.line > 0 && <SourceView file={chosen.file} line={chosen.line} />}
      </div>
    </Section>
  );
}
