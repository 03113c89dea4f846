import type { AllocationLine, Allocations } from '../../../src/api/contract.ts';
import { withQuery } from '../api/client.ts';
import { formatBytesDelta } from '../format/bytes.ts';
import { formatTime } from '../format/clock.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { FaultText } from '../parts/fault.tsx';
import { Section } from '../parts/section.tsx';
import { SourceView } from '../parts/source-view.tsx';
import { spans_seconds } from '../route/route.ts';
import { useLoaded } from '../state/loaded.ts';
import { clock_ms, deaths, now } from '../state/store.ts';
import { here, look } from './here.ts';
import { LineTable } from './line-table.tsx';

/** A profile is taken each ten seconds at most; asking more often shows nothing new. */
const again_ms = 5_000;

const words = (seconds: number | null) =>
  seconds === null ? 'since its start' : seconds < 60 ? `${seconds} s` : `${seconds / 60} min`;

/** The lines whose allocations stay, by the sampling heap profile. */
export function LinesSection() {
  const { since_seconds, line: wanted } = here();
  const { value, fault, loading } = useAllocations(since_seconds);
  const growing = value?.growing.filter(({ growth_bytes }) => growth_bytes > 0) ?? [];
  const chosen =
    [...growing, ...(value?.given_back ?? [])].find(({ location }) => location === wanted) ?? growing[0];
  const choose = ({ location }: AllocationLine) => look({ line: location });
  return (
    <Section
      title="Lines that allocate what stays"
      about={value === null ? undefined : <Compared value={value} />}
      aside={
        <Choice
          label="Compared with"
          options={spans_seconds.map((seconds) => ({ value: seconds, text: words(seconds) }))}
          chosen={since_seconds}
          choose={(seconds) => look({ since_seconds: seconds })}
        />
      }
    >
      <FaultText fault={fault} />
      {value === null && fault === null && !loading && (
        <Empty>
          No profile of this life is recorded yet. One is taken each minute, and every 10 s while memory
          climbs.
        </Empty>
      )}
      {value !== null && (
        <div class="two">
          <div>
            {growing.length === 0 ? (
              <Empty>No line holds more than it did. Load makes lines grow: ./lab load.</Empty>
            ) : (
              <LineTable lines={growing} chosen={chosen} choose={choose} title="Growing" />
            )}
            {value.given_back.length > 0 && (
              <details class="given-back">
                <summary>Memory given back, {value.given_back.length} lines: healthy</summary>
                <LineTable lines={value.given_back} chosen={chosen} choose={choose} title="Given back" />
              </details>
            )}
          </div>
          {chosen !== undefined && chosen.line > 0 && <SourceView file={chosen.file} line={chosen.line} />}
        </div>
      )}
    </Section>
  );
}

function Compared({ value }: { readonly value: Allocations }) {
  return (
    <>
      {formatBytesDelta(value.total_growth_bytes)} in all, process {value.pid}, profile of{' '}
      {formatTime(value.time_ms)}
      {value.since_ms !== null && ` against ${formatTime(value.since_ms)}`}
      {value.began_anew_ms !== null &&
        `. Allocations were recorded: what was allocated before ${formatTime(value.began_anew_ms)} is not known any more`}
    </>
  );
}

function useAllocations(since_seconds: number | null) {
  const clock = Math.floor(clock_ms.value / again_ms) * again_ms;
  const born_ms = now.value?.service.started_at_ms ?? deaths.value[0]?.started_at_ms ?? null;
  const since = since_seconds === null ? born_ms : clock - since_seconds * 1000;
  const path = clock === 0 ? null : withQuery('/api/allocations', { at: clock + again_ms, since });
  return useLoaded<Allocations | null>(path, { subject: `allocations ${since_seconds}` });
}
