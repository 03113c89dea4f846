const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The wall clock here: "14:03:27"; with the day where it is not the day of `today_ms`. */
export function formatTime(time_ms: number, today_ms: number = Date.now()): string {
  const at = new Date(time_ms);
  const clock = time.format(at);
  return new Date(today_ms).toDateString() === at.toDateString() ? clock : `${day.format(at)} ${clock}`;
}
