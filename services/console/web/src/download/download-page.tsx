import { Section } from '../parts/section.tsx';
import { snapshots } from '../state/store.ts';

/** Everything that was recorded, to take along. */
export function DownloadPage() {
  const kept = snapshots.value?.snapshots.length ?? 0;
  return (
    <>
      <h1>Download</h1>
      <Section title="The evidence, as one archive">
        <ul class="list">
          <li>samples of each second, as CSV and JSON</li>
          <li>allocation profiles by line</li>
          <li>what grew between snapshots: classes, sizes, paths</li>
          <li>events, and each death with the minute before</li>
          <li>an index that says what is where</li>
        </ul>
        <p class="buttons">
          <a class="button primary" href="/api/evidence" download>
            Download the evidence
          </a>
          <span class="dim">
            or <code>./lab evidence</code>
          </span>
        </p>
        <p class="dim">
          Snapshots themselves are left out, they are large:{' '}
          {kept === 0 ? 'none is kept now' : `${kept} kept, each has its link`} under{' '}
          <a href="#/evidence">Evidence</a>. Chrome DevTools opens them (Memory, Load).
        </p>
      </Section>
    </>
  );
}
