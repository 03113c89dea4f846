export type { AnswerForm, Reading } from './answers/form.ts';
export { bytes, count, seconds } from './answers/numbers.ts';
export { choice, file, identifier } from './answers/words.ts';
export { buildEvent, largeEventsPerLong } from './customers/build-events.ts';
export { type Drill, type DrillLevel, drillId, drillOf } from './drill/drill-lab.ts';
export { mendedKey, offKey } from './drill/kept-up.ts';
export { type Place, places } from './drill/places.ts';
export { type PartScore, type Score, scoreOf } from './drill/score.ts';
export type {
  Evidence,
  GrowingLine,
  GrownClass,
  Patient,
  RecordedDeath,
  RecordedEvent,
  Try,
} from './evidence.ts';
export { one, several, shuffled, type Within } from './fits.ts';
export { type Hint, liveHint, nextHint } from './hints.ts';
export { type Judged, judge } from './judge.ts';
export type {
  Customers,
  CustomersRequest,
  Draw,
  Effect,
  Item,
  Lab,
  Need,
  Part,
  Question,
  Setup,
  Sight,
  Tools,
  Trial,
  Truth,
} from './lab.ts';
export { type Looked, lookAt } from './look.ts';
export { burstSeen, growsBy, heldAfterBurst, leftByBurst } from './measure/burst.ts';
export { connectionsPerMinute, oneInRequests, openThroughPause } from './measure/connections.ts';
export { deadEntriesTruth, waitedForDeath } from './measure/dead-entries.ts';
export {
  diedBy,
  endedByMemory,
  endedByTruth,
  exitCodeTruth,
  survivedTruth,
  warningTruth,
} from './measure/deaths.ts';
export { fileOfIncident } from './measure/files.ts';
export {
  bytesPerRequest,
  bytesPerRequestTruth,
  growsTruth,
} from './measure/growth.ts';
export { heldAfterCollection, residentMemory, trafficSeen } from './measure/healthy.ts';
export { heldThroughPause } from './measure/held.ts';
export { classOfGrowth, compared, countOfGrowth, holderOfGrowth } from './measure/holders.ts';
export { keepsUpTruth, sufficientFix } from './measure/jobs.ts';
export { lifeTimeTruth } from './measure/life-time.ts';
export {
  fileOfGrowth,
  functionOfGrowth,
  lineOfGrowth,
  nodeOfGrowth,
  servicesFiles,
  servicesFunctions,
} from './measure/lines.ts';
export { falseAlarmHolds, falseAlarmTruth, holderByFile, ofService, servicesOf } from './measure/patients.ts';
export { bytesOfPayload, placeOfGrowth } from './measure/payloads.ts';
export {
  bytesPerReload,
  bytesPerReloadTruth,
  heldInIdle,
  lackingReloads,
  stayedTruth,
} from './measure/reloads.ts';
export {
  deletionTruth,
  endlessKeysTruth,
  expiryTruth,
  fullWords,
  goneWords,
  growingServerTruth,
  keysPerMinuteTruth,
  type Regulars,
  serviceIsFlat,
} from './measure/remote.ts';
export { type Pause, pausesIn, requestsBetween, requestsIn, samplesBetween } from './measure/requests.ts';
export { bleedingStopped, flatSinceOff } from './measure/stopped.ts';
export { endedOneIn, onceTried, tried } from './measure/tries.ts';
export { currentPart, openItems, partsOf } from './parts.ts';
export {
  checkProgress,
  type IncidentRecord,
  isBlank,
  noProgress,
  type Progress,
  readProgress,
  type Session,
} from './progress.ts';
export {
  beginDrill,
  beginLab,
  beginPart,
  isDone,
  isOpen,
  isPartDone,
  isPassed,
  withAnswer,
  withGivenUp,
  withHint,
  withKept,
  withoutSession,
  withPass,
  withRecord,
  withSight,
  withTry,
} from './session.ts';
export { keptOfEvents } from './trials/kept-of-events.ts';
export { type Failure, mended } from './trials/mended.ts';
export { openConnections } from './trials/open-connections.ts';
export { reloadsMended } from './trials/reloads.ts';
