import type { Now } from '../../../src/api/contract.ts';
import { formatBytes, gap, megabytes } from '../format/bytes.ts';
import { bytesText, formatInterval, secondsText } from '../format/estimate.ts';
import { formatRate, formatShare } from '../format/number.ts';
import { Figure } from '../parts/figure.tsx';
import { asked } from '../state/asked.ts';

const none = '–';

/** The numbers that matter, large. */
export function Figures({ now }: { readonly now: Now }) {
  const { sample, growth, limit_raised_from_bytes: raised } = now;
  const {
    usage_bytes = null,
    limit_bytes = null,
    requests_per_second = null,
    errors_per_second = null,
  } = sample ?? {};
  const { bytes_per_second, bytes_per_request, seconds_to_limit } = growth;
  const { each_request, time_left } = asked.value;
  const climbs = bytes_per_second !== null && bytes_per_second.low > 0;
  const near = seconds_to_limit !== null && seconds_to_limit.value < 60;
  const share = usage_bytes !== null && limit_bytes ? usage_bytes / limit_bytes : null;
  return (
    <dl class="figures">
      <Figure
        label="Memory in use"
        value={usage_bytes === null ? none : megabytes(usage_bytes)}
        unit={limit_bytes === null ? 'MB, no limit' : `of ${formatBytes(limit_bytes)}`}
        tone={share !== null && share > 0.9 ? 'near' : undefined}
      >
        {share !== null && <Meter share={share} />}
        {raised !== null && <span>limit raised from {formatBytes(raised)}</span>}
      </Figure>
      <Figure
        label="Time left"
        value={climbs && seconds_to_limit !== null ? secondsText(seconds_to_limit.value) : none}
        tone={near ? 'near' : undefined}
      >
        {time_left !== null
          ? askedOfYou(time_left)
          : climbs && seconds_to_limit !== null
            ? interval(formatInterval(seconds_to_limit, secondsText))
            : 'no climb to the limit'}
      </Figure>
      <Figure
        label="Growth"
        value={bytes_per_second === null ? none : `${bytesText(bytes_per_second.value)}/s`}
      >
        {bytes_per_second === null
          ? 'not enough data'
          : interval(formatInterval(bytes_per_second, bytesText))}
      </Figure>
      <Figure
        label="A request keeps"
        value={bytes_per_request === null ? none : bytesText(bytes_per_request.value)}
      >
        {each_request !== null
          ? askedOfYou(each_request)
          : bytes_per_request === null
            ? 'not enough requests'
            : interval(formatInterval(bytes_per_request, bytesText))}
      </Figure>
      <Figure
        label="Requests"
        value={requests_per_second === null ? none : `${formatRate(requests_per_second)}/s`}
      >
        {errors_per_second ? `${formatRate(errors_per_second)}/s failed` : 'none failed'}
        {sample?.in_flight ? `,${gap}${sample.in_flight} in flight` : ''}
      </Figure>
    </dl>
  );
}

const askedOfYou = (lab: string) => (/^\d/.test(lab) ? `lab ${lab} asks you` : `the ${lab} asks you`);

const interval = (text: string | null) => (text === null ? '' : `95${gap}%: ${text}`);

/** How full, as a bar. */
function Meter({ share }: { readonly share: number }) {
  const percent = Math.min(100, share * 100);
  return (
    <span class="meter-line">
      <span class={`meter ${share > 0.9 ? 'meter-near' : ''}`} aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      {formatShare(share)}
    </span>
  );
}
