import type { ApiError } from '../api/client.ts';

/** What went wrong, in the API's words: they say what to do. */
export function FaultText({ fault }: { readonly fault: ApiError | null }) {
  if (fault === null) return null;
  const advice = fault.details['advice'];
  return (
    <div class="note note-fault" role="alert">
      <p>{fault.message}</p>
      {Array.isArray(advice) && (
        <ul>
          {advice.map((line) => (
            <li key={String(line)}>{String(line)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
