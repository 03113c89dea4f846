import type { Course, RunningLab } from '../../../src/api/contract.ts';
import { FaultText } from '../parts/fault.tsx';
import { formatRoute } from '../route/route.ts';
import { useAction } from '../state/action.ts';
import { askCourse } from './ask-course.ts';
import { CheckItem } from './check-item.tsx';
import { Hints } from './hints.tsx';
import { SpokenChanges } from './spoken-changes.tsx';
import { Traffic } from './traffic.tsx';

interface Props {
  readonly running: RunningLab;
  readonly course: Course;
}

/** What the running lab asks for; each thing turns green by itself when the lab has seen it. */
export function Checks({ running, course }: Props) {
  const look = useAction();
  const done = running.items.filter(({ state }) => state === 'ok').length;
  return (
    <section class="checks" aria-label="What is asked">
      <header>
        <h2>What is asked</h2>
        <p class="about">
          {done} of {running.items.length} done
        </p>
        <button
          type="button"
          class="small"
          disabled={look.busy}
          onClick={() => look.run(() => askCourse('check'))}
        >
          {look.busy ? 'Looking …' : 'Check now'}
        </button>
      </header>
      <SpokenChanges running={running} />
      {running.notice !== null && <p class="note note-warn">{running.notice}</p>}
      {running.part.number > 1 && (
        <figure class="call">
          <figcaption>
            On call, part {running.part.number} of {running.part.of}
          </figcaption>
          <blockquote>{running.part.call}</blockquote>
        </figure>
      )}
      {running.passed && <Passed running={running} course={course} />}
      <FaultText fault={look.fault} />
      <ol class="check-list">
        {running.items.map((item) => (
          <CheckItem key={`${running.started_at_ms} ${item.key}`} item={item} />
        ))}
      </ol>
      <Traffic per_second={running.traffic_per_second} />
      <Hints running={running} />
    </section>
  );
}

/** What comes next. */
function Passed({ running, course: { labs } }: Props) {
  const next = labs[labs.findIndex(({ id }) => id === running.id) + 1];
  return (
    <p class="note note-good">
      Passed.{' '}
      {next === undefined ? (
        'That was the last one.'
      ) : (
        <>
          Next:{' '}
          <a href={formatRoute({ page: 'course', lab: next.id })}>
            lab {next.id}, {next.title}
          </a>
          .
        </>
      )}
    </p>
  );
}
