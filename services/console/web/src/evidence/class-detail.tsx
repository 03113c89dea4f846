import type { DiffRow, PathCluster } from '../../../src/api/contract.ts';
import { formatBytesDelta } from '../format/bytes.ts';
import { formatCount, formatShare } from '../format/number.ts';
import { look } from './here.ts';
import { PathChain } from './path-chain.tsx';

/** What holds the objects of a class, and the line they come from. */
export function ClassDetail({ row }: { readonly row: DiffRow }) {
  const line = row.allocated_at;
  const [first, ...others] = row.paths;
  return (
    <section class="class-detail" aria-label="What holds the class">
      <h3 class="mono class-name">{row.class_name}</h3>
      <dl class="facts">
        {line !== null && (
          <div>
            <dt>Allocated at</dt>
            <dd>
              <button type="button" class="text-button mono" onClick={() => showLine(line.location)}>
                {line.location}
              </button>{' '}
              <span class="dim">{formatBytesDelta(line.growth_bytes)}</span>
            </dd>
          </div>
        )}
        {row.source !== null && (
          <div>
            <dt>Made by</dt>
            <dd class="mono">{row.source}</dd>
          </div>
        )}
      </dl>
      {first === undefined ? (
        <p class="empty">No path was computed for this class: those that grew most have one.</p>
      ) : (
        <>
          <Cluster cluster={first} />
          {others.map((cluster, i) => (
            <details key={i}>
              <summary>{clusterWords(cluster)}</summary>
              <PathChain steps={cluster.steps} />
            </details>
          ))}
        </>
      )}
    </section>
  );
}

function Cluster({ cluster }: { readonly cluster: PathCluster }) {
  return (
    <>
      <p class="cluster">{clusterWords(cluster)}</p>
      <PathChain steps={cluster.steps} />
    </>
  );
}

const clusterWords = ({ count, share_of_bytes }: PathCluster) =>
  `${formatCount(count)} ${count === 1 ? 'object' : 'objects'} held this way, ${formatShare(share_of_bytes)} of the class's bytes`;

function showLine(location: string): void {
  look({ line: location });
  document.getElementById('main')?.scrollIntoView();
}
