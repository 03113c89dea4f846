import { useState } from 'preact/hooks';
import type { PastIncident, RunningDrill } from '../../../src/api/contract.ts';
import { askCourse } from '../course/ask-course.ts';
import { formatTime } from '../format/clock.ts';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { clockText } from './clock.ts';

interface Props {
  /** Newest first. */
  readonly past: readonly PastIncident[];
  readonly busyWith: RunningDrill | null;
}

/** Those that are over: what each brought, and the way to have it once more. */
export function PastTable({ past, busyWith }: Props) {
  const [open, setOpen] = useState<number | null>(past[0]?.number ?? null);
  const replay = useAction();
  const opened = past.find(({ number }) => number === open);
  return (
    <>
      <div class="table-scroll">
        <table class="table" aria-label="Incidents that are over">
          <thead>
            <tr>
              <th scope="col">No</th>
              <th scope="col">Score</th>
              <th scope="col">When</th>
              <th scope="col">Seed</th>
              <th scope="col">Level</th>
              <th scope="col">Took</th>
              <th scope="col">Answered</th>
              <th scope="col">
                <span class="unseen">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {past.map(({ number, begun_ms, ended_ms, seed, level, answered, percent }) => (
              <tr key={number}>
                <th scope="row">{number}</th>
                <td>{percent} %</td>
                <td>{formatTime(begun_ms)}</td>
                <td>{seed}</td>
                <td>{level}</td>
                <td>{clockText(begun_ms, ended_ms)}</td>
                <td>{answered}</td>
                <td>
                  {busyWith === null && (
                    <>
                      <button
                        type="button"
                        class="small"
                        aria-pressed={open === number}
                        aria-label={`What it brought: incident ${number}`}
                        onClick={() => setOpen(open === number ? null : number)}
                      >
                        What it brought
                      </button>{' '}
                      <button
                        type="button"
                        class="small"
                        disabled={replay.busy}
                        aria-label={`Once more: incident ${number}`}
                        onClick={() => void replay.run(() => askCourse('incident', { replay: number }))}
                      >
                        Once more
                      </button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FaultText fault={replay.fault} />
      {opened !== undefined && busyWith === null && <Parts past={opened} />}
    </>
  );
}

/** What each part of one brought, and what was right. */
function Parts({ past: { number, parts, points, of } }: { readonly past: PastIncident }) {
  return (
    <section class="incident-parts" aria-label={`What incident ${number} brought`}>
      <h3>
        Incident {number}: {points} of {of} points
      </h3>
      <dl>
        {parts.map((part) => (
          <div key={part.key} class={part.points === part.of ? 'part-full' : 'part-short'}>
            <dt>
              <code>{part.key}</code>{' '}
              <span>
                {part.points} of {part.of}
              </span>
            </dt>
            <dd>
              {part.key !== 'kept_up' && <p>{part.given ?? 'not answered'}</p>}
              <p class="about">It was: {part.was}</p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
