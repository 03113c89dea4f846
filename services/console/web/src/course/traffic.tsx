import { formatRate } from '../format/number.ts';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { askCourse } from './ask-course.ts';

/** The customers of the running lab, and the switch that holds them off. */
export function Traffic({ per_second }: { readonly per_second: number }) {
  const change = useAction();
  const held = per_second === 0;
  return (
    <div class="traffic">
      <p>{held ? 'No customers ask.' : `Customers ask for ${formatRate(per_second)} requests a second.`}</p>
      <button
        type="button"
        class="small"
        aria-busy={change.busy}
        onClick={() => change.run(() => askCourse('traffic', { per_second: held ? null : 0 }))}
      >
        {held ? 'Let them in' : 'Hold them off'}
      </button>
      <FaultText fault={change.fault} />
    </div>
  );
}
