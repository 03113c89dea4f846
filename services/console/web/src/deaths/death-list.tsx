import type { DeathSummary } from '../../../src/api/contract.ts';
import { formatTime } from '../format/clock.ts';
import { formatSeconds } from '../format/duration.ts';
import { formatRoute } from '../route/route.ts';
import { causeOf } from '../words/death.ts';

interface Props {
  readonly deaths: readonly DeathSummary[];
  readonly chosen: number;
}

export function DeathList({ deaths, chosen }: Props) {
  return (
    <nav class="death-list" aria-label="Deaths">
      <h2>
        {deaths.length} {deaths.length === 1 ? 'death' : 'deaths'}
      </h2>
      <ol>
        {deaths.map((death) => (
          <li key={death.id}>
            <a
              href={formatRoute({ page: 'deaths', id: death.id, range: null })}
              aria-current={death.id === chosen ? 'true' : undefined}
            >
              <strong>{formatTime(death.time_ms)}</strong>
              <span class="dim">
                process {death.pid}
                {death.uptime_seconds !== null && `, lived ${formatSeconds(death.uptime_seconds)}`}
              </span>
              <span>{causeOf(death)}</span>
              {death.inferred && <span class="tag">inferred</span>}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
