import type { GuardWord } from '../../../src/api/contract.ts';
import { ask } from '../api/client.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatSeconds } from '../format/duration.ts';
import { formatAbout } from '../format/number.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { useLoaded } from '../state/loaded.ts';
import { clock_ms, now } from '../state/store.ts';

const again_ms = 3_000;

/** What a snapshot would cost now and whether it fits, before the button that takes it. */
export function GuardCard({ underWay }: { readonly underWay: boolean }) {
  const up = now.value?.service.state === 'up';
  const { value, fault } = useLoaded<GuardWord>(up ? '/api/guard' : null, {
    version: Math.floor(clock_ms.value / again_ms),
    subject: 'guard',
  });
  const capture = useAction();
  const take = (body: object) => capture.run(() => ask('POST', '/api/snapshots', body));
  const busy = underWay || capture.busy;
  return (
    <section
      class={`guard ${value === null || !up ? '' : value.fits ? 'guard-fits' : 'guard-refuses'}`}
      aria-label="The guard"
    >
      {!up && (
        <p class="dim">
          {underWay
            ? 'A snapshot is being taken. The service does nothing else meanwhile.'
            : 'There is no service to take a snapshot of now. Those taken are here.'}
        </p>
      )}
      {up && <FaultText fault={value === null ? fault : null} />}
      {up && value !== null && (
        <>
          <h3>{verdict(value)}</h3>
          <Numbers word={value} />
          {value.advice.length > 0 && (
            <ul class="advice">
              {value.advice.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <div class="buttons">
            {value.fits && (
              <button type="button" class="primary" disabled={busy} onClick={() => take({ limit: 'keep' })}>
                {busy ? 'Taking it …' : 'Take a snapshot'}
              </button>
            )}
            {!value.fits && now.value?.mode === 'embedded' && (
              <button type="button" class="primary" disabled={busy} onClick={() => take({ limit: 'raise' })}>
                {busy ? 'Taking it …' : 'Raise the limit and take it'}
              </button>
            )}
            {!value.fits && (
              <ConfirmButton
                label="Take it all the same"
                question={forceQuestion(value)}
                yes="Take it, and risk the service"
                kind="danger"
                busy={busy}
                onYes={() => take({ force: true, limit: 'keep' })}
              />
            )}
          </div>
        </>
      )}
      <RaisedLimit />
      <FaultText fault={capture.fault} />
    </section>
  );
}

/** Where the limit was raised for a snapshot and is not back yet. */
function RaisedLimit() {
  const raised = now.value?.limit_raised_from_bytes ?? null;
  if (raised === null) return null;
  return (
    <p class="dim" role="status">
      The limit was raised from {formatBytes(raised)} for a snapshot. It follows the use down, and is{' '}
      {formatBytes(raised)} again when the service starts anew at the latest.
    </p>
  );
}

const verdict = ({ fits, limit_bytes }: GuardWord) =>
  limit_bytes === null
    ? 'A snapshot fits: there is no limit'
    : fits
      ? 'A snapshot fits'
      : 'A snapshot does not fit';

const forceQuestion = ({ estimated_cost_bytes, available_bytes }: GuardWord) =>
  `It needs about ${formatBytes(estimated_cost_bytes)} and ${formatBytes(available_bytes ?? 0)} is free: the service will probably be killed, and the snapshot lost with it. Take it all the same?`;

function Numbers({ word }: { readonly word: GuardWord }) {
  const rows: readonly (readonly [string, string])[] = [
    ['Needs about', formatBytes(word.estimated_cost_bytes)],
    ['Free to the limit', word.available_bytes === null ? 'no limit' : formatBytes(word.available_bytes)],
    [
      'Live heap',
      `${formatBytes(word.live_heap_bytes)}, about ${formatAbout(word.estimated_objects)} objects`,
    ],
    ['Service stands still', `about ${formatSeconds(word.estimated_seconds)}`],
  ];
  return (
    <dl class="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>Basis</dt>
        <dd class="dim">{word.basis}</dd>
      </div>
    </dl>
  );
}
