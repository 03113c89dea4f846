import { formatTime } from '../format/clock.ts';
import { connection, loadFault, now } from '../state/store.ts';

/** What is wrong now, until it is over. */
export function Warnings() {
  const last = now.value;
  const lost = connection.value === 'lost' && last !== null;
  const warnings = last?.warnings ?? [];
  return (
    <section class="warnings" aria-label="Warnings" aria-live="polite">
      {lost && (
        <p class="warning">
          The console is not reached; what is shown is of {formatTime(last.time_ms)}. The page tries again by
          itself; <code>./lab status</code> says what runs.
        </p>
      )}
      {loadFault.value !== null && <p class="warning">{loadFault.value}</p>}
      {warnings.map(({ code, message, since_ms }) => (
        <p class="warning" key={code}>
          {message} <span class="since">since {formatTime(since_ms)}</span>
        </p>
      ))}
    </section>
  );
}
