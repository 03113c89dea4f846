import type { PastIncident } from '../../../src/api/contract.ts';

const most = 30;
const width = 600;
const height = 90;
const gap = 4;
const high = 80;

/** The last scores, oldest first: a column each. The table below says the same in figures. */
export function ScoreChart({ past }: { readonly past: readonly PastIncident[] }) {
  const shown = past.slice(0, most).toReversed();
  const step = Math.min(40, width / shown.length);
  const scores = shown.map(({ percent }) => `${percent} %`).join(', ');
  return (
    <figure class="score-chart">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Scores, oldest first: ${scores}`}
      >
        <line x1="0" x2={width} y1={height - 1} y2={height - 1} class="score-base" />
        <line x1="0" x2={width} y1="1" y2="1" class="score-full" />
        {shown.map(({ number, percent }, index) => {
          const tall = Math.max(2, (Math.max(0, percent) / 100) * (height - 2));
          return (
            <rect
              key={number}
              class={percent >= high ? 'score-high' : 'score-low'}
              x={index * step}
              y={height - 1 - tall}
              width={step - gap}
              height={tall}
            />
          );
        })}
      </svg>
      <figcaption class="about">
        Score of {past.length > most ? `the last ${most}` : 'each'}, oldest first, up to 100 %; green from{' '}
        {high} % on.
      </figcaption>
    </figure>
  );
}
