import { ask } from '../api/client.ts';
import { useAction } from '../state/action.ts';
import { FaultText } from './fault.tsx';

/** A collection asked for: what is in use after it is held, not garbage. `of`: of which service, where there are several. */
export function CollectButton({ of }: { readonly of?: string | undefined }) {
  const collection = useAction();
  return (
    <>
      <button
        type="button"
        class="small"
        disabled={collection.busy}
        onClick={() => collection.run(() => ask('POST', '/api/gc'))}
      >
        {collection.busy ? 'Collecting …' : `Collect garbage${of === undefined ? '' : ` of ${of}`}`}
      </button>
      <FaultText fault={collection.fault} />
    </>
  );
}
