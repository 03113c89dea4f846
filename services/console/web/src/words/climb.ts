import type { Estimate, Now } from '../../../src/api/contract.ts';
import { formatBytes, gap } from '../format/bytes.ts';
import { formatTime } from '../format/clock.ts';
import { formatSince } from '../format/duration.ts';
import { bytesText, formatInterval, secondsText } from '../format/estimate.ts';

export interface Sentence {
  readonly text: string;
  readonly tone: 'calm' | 'climbs' | 'near' | 'down' | 'unknown';
}

const near_seconds = 60;
/** Beyond a day nobody waits for it. */
const far_seconds = 86_400;

/** What one sees, in one sentence. */
export function whatOneSees(now: Now): Sentence {
  const { service, growth, sample } = now;
  const since = `${formatTime(service.since_ms, now.time_ms)} (${formatSince(now.time_ms, service.since_ms)})`;
  switch (service.state) {
    case 'down':
      return { text: `The service is down since ${since}. What it did is kept here.`, tone: 'down' };
    case 'hanging':
      return { text: `The service has not answered since ${since}: it hangs.`, tone: 'down' };
    case 'nonsense':
      return { text: `The service answers, but not what it should, since ${since}.`, tone: 'down' };
    case 'starting':
      return { text: `The service is starting, since ${since}.`, tone: 'unknown' };
    case 'up':
      break;
  }
  const rate = growth.bytes_per_second;
  if (rate === null) {
    return { text: 'Too little is known yet to say whether memory climbs.', tone: 'unknown' };
  }
  if (rate.low > 0) return climbing(rate, now);
  if (rate.high < 0) return { text: `Memory falls by ${bytesASecond(-rate.value)}.`, tone: 'calm' };
  const level = sample?.usage_bytes == null ? '' : ` at ${formatBytes(sample.usage_bytes)}`;
  return { text: `Memory is level${level}: no growth that stands out from its noise.`, tone: 'calm' };
}

function climbing(rate: Estimate, { growth, limit_raised_from_bytes }: Now): Sentence {
  const parts = [`Memory climbs ${bytesASecond(rate.value)}`];
  const each = growth.bytes_per_request;
  if (each !== null && each.value > 0) parts.push(`${formatBytes(each.value)} a request`);
  const left = growth.seconds_to_limit;
  if (left !== null && left.value < far_seconds)
    parts.push(`the ${limit_raised_from_bytes === null ? '' : 'raised '}limit in ${withInterval(left)}`);
  const tone = left !== null && left.value < near_seconds ? 'near' : 'climbs';
  return { text: `${parts.join(', ')}.`, tone };
}

/** "41 s (36–49)": the unit once, where it is the same. */
export function withInterval(estimate: Estimate): string {
  const interval = formatInterval(estimate, secondsText);
  if (interval === null) return secondsText(estimate.value);
  const unit = `${gap}s`;
  const short = interval.endsWith(unit) && secondsText(estimate.value).endsWith(unit);
  return `${secondsText(estimate.value)} (${short ? interval.slice(0, -unit.length) : interval})`;
}

export const bytesASecond = (bytes: number): string => `${bytesText(bytes)}/s`;
