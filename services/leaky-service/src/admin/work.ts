import type { Route } from '@leak-lab/json-service';
import type { Blindness } from '../incidents/blindness.ts';
import type { Workbench } from '../work/workbench.ts';
import { refusingInIncident } from './incident.ts';

/** What became of the learner's code; like the switch by which it is loaded, not there or refused where nothing may be said. */
export function workRoutes(workbench: Workbench, blind: Blindness): Route[] {
  const route: Route = {
    method: 'get',
    path: '/admin/work',
    summary:
      "The learner's code that is loaded, what it threw, and how the process before ended where that was the code's doing.",
    handler: (_request, response) => {
      response.json(workbench.state);
    },
  };
  return refusingInIncident([route], blind);
}
