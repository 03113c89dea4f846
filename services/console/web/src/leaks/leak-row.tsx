import { useState } from 'preact/hooks';
import type { LeakState } from '../../../src/api/contract.ts';
import { ask } from '../api/client.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatCount } from '../format/number.ts';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { unitInWords } from '../words/unit.ts';

interface Props {
  readonly leak: LeakState;
  readonly disabled: boolean;
}

/** One leak: its switch, its size, what it holds. */
export function LeakRow({ leak, disabled }: Props) {
  const change = useAction();
  // As typed; null follows the service.
  const [typed, setTyped] = useState<string | null>(null);
  const path = `/api/leaks/${encodeURIComponent(leak.id)}`;
  const size = typed ?? String(leak.bytes_per_request);
  const send = (enabled: boolean) =>
    change.run(async () => {
      await ask('POST', path, { enabled, ...(typed !== null && { bytes_per_request: Number(typed) }) });
      setTyped(null);
    });
  return (
    <>
      <tr class={leak.enabled ? 'chosen' : ''}>
        <th scope="row" class="mono">
          {leak.id}
        </th>
        <td>
          <button
            type="button"
            class="switch"
            role="switch"
            aria-checked={leak.enabled}
            aria-label={leak.id}
            disabled={disabled || change.busy}
            onClick={() => send(!leak.enabled)}
          >
            <span class="switch-track" aria-hidden="true">
              <span />
            </span>
            {leak.enabled ? 'on' : 'off'}
          </button>
        </td>
        <td>
          <form
            class="size"
            onSubmit={(event) => {
              event.preventDefault();
              void send(leak.enabled);
            }}
          >
            <input
              type="number"
              min={1}
              step={1}
              aria-label={`Bytes that ${leak.id} keeps of ${unitInWords(leak)}`}
              value={size}
              disabled={disabled}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
            <span class="dim">of {unitInWords(leak)}</span>
            {typed !== null && typed !== String(leak.bytes_per_request) && (
              <button type="submit" class="small" disabled={change.busy}>
                Set
              </button>
            )}
          </form>
        </td>
        <td class="num strong">{formatBytes(leak.retained_bytes)}</td>
        <td class="num">{formatCount(leak.entries)}</td>
      </tr>
      {change.fault !== null && (
        <tr>
          <td colSpan={5}>
            <FaultText fault={change.fault} />
          </td>
        </tr>
      )}
    </>
  );
}
