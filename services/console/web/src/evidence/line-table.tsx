import type { AllocationLine } from '../../../src/api/contract.ts';
import { formatBytes, formatBytesDelta } from '../format/bytes.ts';
import { formatCountDelta } from '../format/number.ts';
import { ShareBar } from '../parts/share-bar.tsx';

interface Props {
  readonly title: string;
  readonly lines: readonly AllocationLine[];
  readonly chosen: AllocationLine | undefined;
  choose(line: AllocationLine): void;
}

/** Lines with what they hold more or less; one chosen shows its source. */
export function LineTable({ title, lines, chosen, choose }: Props) {
  const most = Math.max(...lines.map(({ growth_bytes }) => Math.abs(growth_bytes)), 1);
  return (
    <div class="table-scroll">
      <table class="table" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col" class="num">
              Growth
            </th>
            <th scope="col" class="bar-head">
              <span class="unseen">Share of the greatest</span>
            </th>
            <th scope="col" class="num less">
              Objects
            </th>
            <th scope="col" class="num">
              Holds
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.location} class={line === chosen ? 'chosen' : ''}>
              <td>
                <button
                  type="button"
                  class="row-button"
                  aria-pressed={line === chosen}
                  onClick={() => choose(line)}
                >
                  <LineName line={line} />
                </button>
              </td>
              <td class="num strong">{formatBytesDelta(line.growth_bytes)}</td>
              <td class="bar">
                <ShareBar share={Math.abs(line.growth_bytes) / most} />
              </td>
              <td class="num less">{formatCountDelta(line.growth_count)}</td>
              <td class="num">{formatBytes(line.size_bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where it is in the source; what was allocated outside of any file says so in its own words. */
function LineName({ line }: { readonly line: AllocationLine }) {
  if (line.line === 0) return <span class="dim">{line.location}</span>;
  return (
    <>
      <span class="mono">
        {line.file}:{line.line}
      </span>{' '}
      <span class="dim">{line.function}</span>
    </>
  );
}
