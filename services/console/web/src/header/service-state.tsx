import type { ServiceState as StateName } from '../../../src/api/contract.ts';
import { formatSince } from '../format/duration.ts';
import { connection, now } from '../state/store.ts';

const words: Readonly<Record<StateName, string>> = {
  starting: 'starting',
  up: 'up',
  down: 'down',
  hanging: 'hanging',
  nonsense: 'answers nonsense',
};

/** How the service is, by the console's last word; and whether that word is fresh. */
export function ServiceState() {
  const last = now.value;
  if (connection.value === 'lost') return <State kind="lost" text="console not reached, trying again" />;
  if (last === null) return <State kind="starting" text="connecting" />;
  const { state, since_ms, pid, message } = last.service;
  const process = pid === null ? '' : `, process ${pid}`;
  return (
    <State
      kind={state}
      text={`Service ${words[state] ?? state}`}
      more={`for ${formatSince(last.time_ms, since_ms)}${state === 'up' ? process : ''}`}
      hint={message}
    />
  );
}

interface Props {
  readonly kind: StateName | 'lost';
  readonly text: string;
  readonly more?: string;
  readonly hint?: string;
}

function State({ kind, text, more, hint }: Props) {
  return (
    <p class={`state state-${kind}`} title={hint || undefined}>
      <span class="dot" aria-hidden="true" />
      <span role="status">{text}</span>
      {more && <span class="state-more">{more}</span>}
    </p>
  );
}
