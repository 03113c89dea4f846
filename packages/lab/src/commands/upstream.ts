import { findLab } from '../running-lab.ts';

const usual = { latency_ms: 800, body_bytes: 1024, failure_ratio: 0 };

/** What each name makes of the upstream. */
export const upstreamModes: Readonly<Record<string, Readonly<typeof usual>>> = {
  default: usual,
  slow: { ...usual, latency_ms: 3000 },
  fast: { ...usual, latency_ms: 5 },
  failing: { ...usual, failure_ratio: 0.5 },
};

/** `./lab upstream slow|fast|failing|default`. */
export async function upstream(mode: string): Promise<void> {
  const { latency_ms, body_bytes, failure_ratio } = await findLab().client.setUpstream({
    ...upstreamModes[mode],
  });
  const failing = failure_ratio === undefined ? '?' : `${Math.round(failure_ratio * 100)} %`;
  console.log(
    `The upstream answers after ${latency_ms} ms with ${body_bytes} bytes; ${failing} of its answers fail.`,
  );
}
