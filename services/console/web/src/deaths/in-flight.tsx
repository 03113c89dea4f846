import type { Death } from '../../../src/api/contract.ts';
import { formatSeconds } from '../format/duration.ts';
import { Empty } from '../parts/empty.tsx';

/** Requests that had no answer yet, the oldest first. */
export function InFlight({ requests }: { readonly requests: Death['in_flight'] }) {
  if (requests.length === 0) return <Empty>No request was in work.</Empty>;
  return (
    <div class="table-scroll">
      <table class="table" aria-label="Requests in flight">
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col" class="num">
              Since
            </th>
          </tr>
        </thead>
        <tbody>
          {requests.map(({ method, path, age_seconds }, i) => (
            <tr key={i}>
              <td class="mono">
                {method} {path}
              </td>
              <td class="num">{formatSeconds(age_seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
