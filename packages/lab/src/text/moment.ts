import { LabError } from '../lab-error.ts';
import { parseSeconds } from './duration.ts';

/**
 * A moment as people write it, ms since the epoch: `14:02` or `14:02:30` of today (of yesterday where that is still to
 * come), `2026-11-21T14:02:30Z`, or how long ago: `10m`. Throws a `LabError` that names `setting`.
 */
export function parseMoment(text: string, setting: string, now_ms: number): number {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (clock !== null) {
    const [hours, minutes, seconds] = clock.slice(1).map((part) => Number(part ?? 0));
    const moment = new Date(now_ms);
    moment.setHours(hours ?? 0, minutes, seconds, 0);
    const isOfADay = (hours ?? 0) < 24 && (minutes ?? 0) < 60 && (seconds ?? 0) < 60;
    if (moment.getTime() > now_ms) moment.setDate(moment.getDate() - 1);
    if (isOfADay) return moment.getTime();
  } else if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))) {
    return Date.parse(text);
  } else if (/^\d+(\.\d+)?(ms|s|m|h)/.test(text)) {
    return now_ms - parseSeconds(text, setting) * 1000;
  }
  throw new LabError({
    problem: `${setting} is no moment.`,
    expected: 'a time of day as 14:02 or 14:02:30, a date as 2026-11-21T14:02:30Z, or how long ago, as 10m',
    came: JSON.stringify(text),
    advice: `./lab verdict ${setting} 10m`,
  });
}
