import { useEffect } from 'preact/hooks';
import { CoursePage } from './course/course-page.tsx';
import { DeathsPage } from './deaths/deaths-page.tsx';
import { DownloadPage } from './download/download-page.tsx';
import { EvidencePage } from './evidence/evidence-page.tsx';
import { Header } from './header/header.tsx';
import { Warnings } from './header/warnings.tsx';
import { IncidentsPage } from './incidents/incidents-page.tsx';
import { LeaksPage } from './leaks/leaks-page.tsx';
import { LivePage } from './live/live-page.tsx';
import { route } from './route/navigation.ts';
import type { PageName } from './route/route.ts';

const pages = {
  live: LivePage,
  course: CoursePage,
  incidents: IncidentsPage,
  evidence: EvidencePage,
  deaths: DeathsPage,
  leaks: LeaksPage,
  download: DownloadPage,
} satisfies Record<PageName, unknown>;

const titles: Readonly<Record<PageName, string>> = {
  live: 'Live',
  course: 'Course',
  incidents: 'Incidents',
  evidence: 'Evidence',
  deaths: 'Deaths',
  leaks: 'Leaks',
  download: 'Download',
};

export function App() {
  const { page } = route.value;
  const Page = pages[page];
  useEffect(() => {
    document.title = `${titles[page]} · Leak Lab`;
  }, [page]);
  return (
    <>
      <Header titles={titles} />
      <Warnings />
      <main id="main" tabIndex={-1}>
        <Page />
      </main>
    </>
  );
}
