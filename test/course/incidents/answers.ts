import { places } from '@leak-lab/course';
import type { Incident } from '@leak-lab/incident';
import { get } from '../../../services/leaky-service/test/load.ts';

export type Answers = Readonly<Record<string, string>>;

/** What is right in an incident, `seconds` before the service is killed for it. */
export function rightAnswers({ leaks }: Incident, seconds: number): Answers {
  const [first] = leaks;
  const right = leaks.flatMap(({ id }) => places[id] ?? []);
  const [place] = right;
  if (place === undefined || first === undefined) {
    return {
      finding: 'no leak',
      grows_by: 'nothing',
      bytes_each: 'none',
      file: 'none',
      function: 'none',
      holder: 'nothing',
      kill_in: 'never',
    };
  }
  return {
    finding: 'leak',
    grows_by: place.grows_by,
    bytes_each: `${leaks.reduce((sum, { bytes_per_request }) => sum + bytes_per_request, 0)}`,
    file: right.map(({ file }) => file).join(','),
    function: 'handle',
    holder: place.holder,
    kill_in: first.id === 'keys' ? 'never' : `${Math.max(1, Math.round(seconds))} s`,
  };
}

/** What is left until the limit at so many requests a second, by what is set: as one would foretell it who had measured well. */
export async function secondsLeft(
  consoleUrl: string,
  { load, leaks }: Incident,
  perSecond: number,
): Promise<number> {
  const { sample } = await get<{ sample: { usage_bytes: number; limit_bytes: number } }>(
    consoleUrl,
    '/api/now',
  );
  if (!load) throw new Error('Expected a drill to have a load.');
  const total = load.requests_per_second + load.events_per_second + 1 / load.reload_every_seconds;
  const more = perSecond / total;
  const bytesPerSecond = leaks.reduce((sum, { id, bytes_per_request, one_in = 1 }) => {
    if (id === 'buffers') return sum + load.events_per_second * more * bytes_per_request;
    if (id === 'reload') return sum + (more / load.reload_every_seconds) * bytes_per_request;
    const kernel_bytes = id === 'sockets' ? 16_384 : 0;
    return sum + ((load.requests_per_second * more) / one_in) * (bytes_per_request + kernel_bytes);
  }, 0);
  return (sample.limit_bytes - sample.usage_bytes) / bytesPerSecond;
}
