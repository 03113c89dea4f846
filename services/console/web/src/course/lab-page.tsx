import { useRef } from 'preact/hooks';
import type { Course, LabSummary, LabText } from '../../../src/api/contract.ts';
import { FaultText } from '../parts/fault.tsx';
import { formatRoute } from '../route/route.ts';
import { useLoaded } from '../state/loaded.ts';
import { minutesInWords, standingInWords } from '../words/standing.ts';
import { Checks } from './checks.tsx';
import { CourseCharts } from './course-charts.tsx';
import { LabActions } from './lab-actions.tsx';
import { Prose } from './prose.tsx';
import { ModeSwitch } from './shown-mode.tsx';
import { Solution } from './solution.tsx';

interface Props {
  readonly lab: LabSummary;
  readonly course: Course;
}

/** One lab: its message, its text, and beside it what the service does and what is asked. */
export function LabPage({ lab, course }: Props) {
  const { value: text, fault } = useLoaded<LabText>(`/api/course/labs/${lab.id}`, { version: lab.standing });
  const running = course.running?.id === lab.id ? course.running : null;
  const checks = useRef<HTMLElement>(null);
  const done = running?.items.filter(({ state }) => state === 'ok').length ?? 0;
  return (
    <>
      <header class="lab-head">
        <p class="lab-way">
          <a href={formatRoute({ page: 'course', lab: null })}>Course</a>
          <span>{minutesInWords(lab.minutes)}</span>
          <span>{standingInWords(lab)}</span>
        </p>
        <h1>
          Lab {lab.id}: {lab.title}
        </h1>
        <p class="page-text">{lab.learn}</p>
        <LabActions lab={lab} course={course} />
        {running !== null && (
          <button type="button" class="quiet to-checks" onClick={() => checks.current?.focus()}>
            {done} of {running.items.length} done: to the checks
          </button>
        )}
      </header>
      <div class="lab-columns">
        <article class="lab-text" aria-label="The text">
          <FaultText fault={text === null ? fault : null} />
          {text !== null && (
            <>
              {!beginsWithCall(text.html) && (
                <blockquote class="call">
                  <p>{text.call}</p>
                </blockquote>
              )}
              <ModeSwitch html={text.html} />
              <Prose html={text.html} />
              <Solution lab={lab} open={text.solution === 'open'} />
            </>
          )}
        </article>
        <aside class="lab-aside" aria-label="The service, and what is asked" ref={checks} tabIndex={-1}>
          <CourseCharts services={running?.services ?? 1} />
          {running === null ? (
            <p class="note">What is asked stands here when the lab runs. Start it above.</p>
          ) : (
            <Checks running={running} course={course} />
          )}
        </aside>
      </div>
    </>
  );
}

/** A lab's text mostly begins with the message itself. */
const beginsWithCall = (html: string) => /^\s*<blockquote>/.test(html);
