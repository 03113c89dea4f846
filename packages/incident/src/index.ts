export { falseAlarms, isFalseAlarm } from './controls.ts';
export {
  type Incident,
  type IncidentLeak,
  type IncidentLevel,
  type IncidentLoad,
  type IncidentUpstream,
  isLevel,
  isSeed,
  type LoadShape,
  levels,
  mostSeed,
} from './incident.ts';
export { incidentOf } from './incident-of.ts';
export { allLeaks } from './leaks.ts';
export { type Numbers, numbersOf } from './numbers.ts';
export { seedFor } from './seed-for.ts';
