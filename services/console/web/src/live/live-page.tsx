import { CollectButton } from '../parts/collect-button.tsx';
import { sayable } from '../state/asked.ts';
import { events } from '../state/store.ts';
import { whatOneSees } from '../words/climb.ts';
import { EventList } from './event-list.tsx';
import { Figures } from './figures.tsx';
import { LiveCharts } from './live-charts.tsx';
import { RangeBar } from './range-bar.tsx';

/** What the service does now and did before. */
export function LivePage() {
  const last = sayable.value;
  const sentence = last && whatOneSees(last);
  return (
    <>
      <h1 class={`sentence ${sentence?.tone ?? 'unknown'}`}>
        {sentence?.text ?? 'Waiting for the console’s first word.'}
      </h1>
      {last && <Figures now={last} />}
      <RangeBar />
      <div class="live-columns">
        <LiveCharts />
        <aside class="events-aside">
          <header>
            <h2>Events</h2>
            <CollectButton />
          </header>
          <EventList events={events.value} />
        </aside>
      </div>
    </>
  );
}
