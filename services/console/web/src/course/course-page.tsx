import { Empty } from '../parts/empty.tsx';
import { route } from '../route/navigation.ts';
import { course } from '../state/store.ts';
import { LabList } from './lab-list.tsx';
import { LabPage } from './lab-page.tsx';

/** The labs, or one of them. */
export function CoursePage() {
  const asked = route.value.page === 'course' ? route.value.lab : null;
  const known = course.value;
  if (known === null) return <h1 class="unseen">Course</h1>;
  const summary = known.labs.find(({ id }) => id === asked);
  if (summary !== undefined) return <LabPage key={summary.id} lab={summary} course={known} />;
  return (
    <>
      <h1>Course</h1>
      {asked !== null && <Empty>There is no lab {asked}.</Empty>}
      <p class="page-text">
        Each lab is a message from someone on call. You find out what is going on with what the lab measures;
        it looks by itself whether what you found is right. The same in a terminal:{' '}
        <code>./lab start 01</code>.
      </p>
      <LabList course={known} />
    </>
  );
}
