export { type Answers, type Firing, type RuleFailure, readAnswers } from './firings.ts';
export { type Played, play, reachedAt, useAt } from './played.ts';
export { type Ground, groundOf, notesOf, problemsOf } from './problems.ts';
export { promtoolTests, type RulesToPlay } from './promtool-tests.ts';
export { metricOf, type Recording, seriesOf, type Values } from './recording.ts';
export {
  lineOfText,
  type Problem,
  type Rule,
  type RulesFile,
  type RulesRead,
  readRules,
} from './rules-file.ts';
export { type Scene, scenes } from './scenes.ts';
export { type HealthyResult, type LeakResult, type Score, type Spoke, scoreOf } from './score.ts';
export { scoreLines } from './words.ts';
