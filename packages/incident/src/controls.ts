/** What looks like a leak and is none, with the sizes at which it looks so and leaves room below the limit, bytes. */
export const falseAlarms = [
  { id: 'warm-cache', least: 8 * 1024, most: 20 * 1024 },
  { id: 'churn', least: 24 * 1024, most: 40 * 1024 },
  { id: 'pool', least: 768 * 1024, most: 1_280 * 1024 },
] as const;

/** Whether something that is on in an incident is no leak. */
export const isFalseAlarm = (id: string): boolean => falseAlarms.some((alarm) => alarm.id === id);
