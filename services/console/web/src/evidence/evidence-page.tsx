import { DiffSection } from './diff-section.tsx';
import { LinesSection } from './lines-section.tsx';
import { SnapshotsSection } from './snapshots-section.tsx';

/** Which line allocates what stays, which objects they are, and what holds them. */
export function EvidencePage() {
  return (
    <>
      <h1 class="unseen">Evidence</h1>
      <LinesSection />
      <SnapshotsSection />
      <DiffSection />
    </>
  );
}
