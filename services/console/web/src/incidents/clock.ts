/** The time since the call, as "4:07". */
export function clockText(begun_ms: number, now_ms: number): string {
  const seconds = Math.max(0, Math.floor((now_ms - begun_ms) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
