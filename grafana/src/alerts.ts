/** The alerts of prometheus/rules, as a panel shows them. */
export const alertNames = [
  'MemoryLeakSuspected',
  'MemoryLimitSoon',
  'ValkeyLimitSoon',
  'ServiceDied',
  'ScrapeMissing',
] as const;

export type AlertName = (typeof alertNames)[number];

const named = `alertname=~"${alertNames.join('|')}"`;

/** 1 while an alert waits for its time, 2 while it fires; nothing while it is quiet. */
export const alertStates = [
  `2 * max by (alertname) (ALERTS{${named},alertstate="firing"})`,
  `max by (alertname) (ALERTS{${named},alertstate="pending"})`,
].join(' or ');
