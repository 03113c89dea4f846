/** GETs JSON. Throws where the answer is no success. */
export async function ask<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`Expected a success from GET ${url}, got ${response.status}: ${text}`);
  return JSON.parse(text) as Answer;
}
