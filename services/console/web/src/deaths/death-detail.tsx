import type { Death } from '../../../src/api/contract.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatTime } from '../format/clock.ts';
import { formatSeconds } from '../format/duration.ts';
import { bytesText, formatInterval } from '../format/estimate.ts';
import { EventList } from '../live/event-list.tsx';
import { FaultText } from '../parts/fault.tsx';
import { Figure } from '../parts/figure.tsx';
import { Section } from '../parts/section.tsx';
import { asked } from '../state/asked.ts';
import { useLoaded } from '../state/loaded.ts';
import { causeOf, exitOf } from '../words/death.ts';
import { DeathCharts } from './death-charts.tsx';
import { DeathLines } from './death-lines.tsx';
import { InFlight } from './in-flight.tsx';
import { Report } from './report.tsx';

/** One death: how it ended and how that is known, and the minute before. */
export function DeathDetail({ id }: { readonly id: number }) {
  const { value: death, fault } = useLoaded<Death>(`/api/deaths/${id}`);
  if (death === null) return <FaultText fault={fault} />;
  return (
    <article class="death">
      <div>
        <p class="sentence down death-sentence">
          {causeOf(death)}, {formatTime(death.time_ms)}.
        </p>
        <p class="known">
          {death.inferred ? 'Inferred' : 'Known'} by: {death.known_by}
        </p>
      </div>
      <Figures death={death} />
      <Section title="The minute before">
        <DeathCharts death={death} />
      </Section>
      <DeathLines death={death} />
      <div class="two even">
        <Section title="In flight at the last reading">
          <InFlight requests={death.in_flight} />
        </Section>
        <Section title="What had happened">
          <EventList events={death.events} none="Nothing was switched, begun or ended in that minute." />
        </Section>
      </div>
      <Report report={death.report} endedBy={death.ended_by} />
    </article>
  );
}

function Figures({ death }: { readonly death: Death }) {
  const {
    last_usage_bytes: usage,
    limit_bytes: limit,
    bytes_per_second: rate,
    bytes_per_request: known,
  } = death;
  const { each_request: lab } = asked.value;
  const each = lab === null ? known : null;
  const interval = (estimate: Death['bytes_per_second']) => {
    const text = estimate && formatInterval(estimate, bytesText);
    return text ? `95\u00a0%: ${text}` : '';
  };
  return (
    <dl class="figures">
      <Figure
        label="Memory at the last reading"
        value={usage === null ? '–' : formatBytes(usage)}
        unit={limit === null ? undefined : `of ${formatBytes(limit)}`}
      />
      <Figure label="Growth" value={rate === null ? '–' : `${bytesText(rate.value)}/s`}>
        {interval(rate)}
      </Figure>
      <Figure label="A request kept" value={each === null ? '–' : bytesText(each.value)}>
        {lab === null ? interval(each) : `lab ${lab} asks you`}
      </Figure>
      <Figure label="Lived" value={death.uptime_seconds === null ? '–' : formatSeconds(death.uptime_seconds)}>
        process {death.pid}
      </Figure>
      <Figure label="Exit" value={exitOf(death)?.split(', ')[0] ?? '–'}>
        {death.signal ?? 'not told'}
      </Figure>
    </dl>
  );
}
