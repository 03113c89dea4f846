/** GETs JSON. Throws where the answer is no success. */
export async function getJson<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`Expected a success from GET ${url}, got ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

export async function postJson<Answer>(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`Expected a success from POST ${url}, got ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** One series of a query over time: seconds since the epoch and the value as text, which may be NaN. */
export interface SeriesAnswer {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

interface PrometheusAnswer {
  readonly data: {
    readonly result: { readonly metric: Record<string, string>; readonly value: [number, string] }[];
  };
}

/** The value of an instant query with one result; NaN where there is none yet. */
export async function queryPrometheus(prometheusUrl: string, query: string): Promise<number> {
  const answer = await getJson<PrometheusAnswer>(
    `${prometheusUrl}/api/v1/query?query=${encodeURIComponent(query)}`,
  );
  return Number(answer.data.result[0]?.value[1] ?? Number.NaN);
}
