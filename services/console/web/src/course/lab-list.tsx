import type { Course } from '../../../src/api/contract.ts';
import { formatRoute } from '../route/route.ts';
import { minutesInWords, standingInWords } from '../words/standing.ts';
import { Sign } from './sign.tsx';

/** The way through the course: what is learned, how long it takes, how far one is. */
export function LabList({ course: { labs, running } }: { readonly course: Course }) {
  const next = running?.id ?? labs.find(({ standing }) => standing !== 'passed')?.id;
  return (
    <ol class="labs">
      {labs.map((lab) => (
        <li key={lab.id} class={lab.id === next ? 'next' : ''}>
          <span class="lab-number">{lab.id}</span>
          <div>
            <h2>
              <a href={formatRoute({ page: 'course', lab: lab.id })}>{lab.title}</a>
            </h2>
            <p>{lab.learn}</p>
          </div>
          <p class="lab-time">{minutesInWords(lab.minutes)}</p>
          <p class={`lab-standing ${running?.id === lab.id ? 'running' : lab.standing}`}>
            {lab.standing === 'passed' && <Sign state="ok" />}
            {running?.id === lab.id && lab.standing === 'passed'
              ? 'passed, runs again'
              : standingInWords(lab)}
          </p>
        </li>
      ))}
    </ol>
  );
}
