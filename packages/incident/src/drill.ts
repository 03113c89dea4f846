import { falseAlarms } from './controls.ts';
import type { Incident, IncidentLeak, IncidentLevel, IncidentLoad } from './incident.ts';
import { allLeaks, type LeakId, leaksByRequest } from './leaks.ts';
import type { Numbers } from './numbers.ts';

const kilobyte = 1024;

/** What a leak may take of the memory limit until the service is ended for it, beside what it needs anyway. */
const room_bytes = 170_000_000;

/** After its onset a leak ends the service within this, at the load of the incident; nothing ends it sooner than the first. */
const life_seconds = [180, 420] as const;
const latestOnset_seconds = 30;

/** Of twelve drills three are false alarms. */
const kinds = 12;
const alarms = 3;
/** And so many, of the third level, two leaks at once. */
const pairs = 4;

/** What the kernel keeps of a connection beside what Node knows of. */
const kernel_bytes = 16 * kilobyte;

/** The incident of a drill: of the first two levels one leak or a false alarm, of the third two at once too, and a load that hides it. */
export function drillOf(level: Exclude<IncidentLevel, 0>, numbers: Numbers): Incident {
  const kind = numbers.between(1, kinds);
  const onset_seconds = numbers.between(0, latestOnset_seconds);
  const load = loadOf(level, numbers);
  if (kind <= alarms) return { leaks: [falseAlarm(numbers)], onset_seconds, load };
  const ids =
    level === 3 && kind <= alarms + pairs ? twoOf(leaksByRequest, numbers) : [numbers.oneOf(allLeaks)];
  const life = numbers.between(...life_seconds);
  const leaks = ids.map((id) => leak(id, load, life * ids.length, numbers));
  if (!ids.includes('closures')) return { leaks, onset_seconds, load };
  return { leaks, upstream: slow(numbers), onset_seconds, load };
}

function loadOf(level: Exclude<IncidentLevel, 0>, numbers: Numbers): IncidentLoad {
  return {
    shape: level === 3 ? 'sawtooth' : numbers.oneOf(['steady', 'waves'] as const),
    period_seconds: numbers.between(20, 45),
    requests_per_second: numbers.between(30, 90),
    events_per_second: numbers.between(20, 40),
    event_bytes: numbers.between(18, 26) * kilobyte,
    reload_every_seconds: numbers.between(3, 6),
  };
}

function twoOf<T>(choices: readonly T[], numbers: Numbers): T[] {
  const first = numbers.oneOf(choices);
  return [first, numbers.oneOf(choices.filter((choice) => choice !== first))];
}

/** Of a size that fills the room in about `life` seconds, were it alone. */
function leak(id: LeakId, load: IncidentLoad, life: number, numbers: Numbers): IncidentLeak {
  const each = (perSecond: number) => Math.round(room_bytes / (perSecond * life));
  switch (id) {
    case 'buffers':
      // It is a large event that does not fit; one as large as all it keeps would not be taken in steps.
      return { id, bytes_per_request: Math.min(each(load.events_per_second), load.event_bytes) };
    case 'reload':
      return { id, bytes_per_request: each(1 / load.reload_every_seconds) };
    case 'sockets': {
      const most = room_bytes / (life * numbers.between(40, 64) * kilobyte);
      const one_in = Math.ceil(load.requests_per_second / most);
      return { id, bytes_per_request: each(load.requests_per_second / one_in) - kernel_bytes, one_in };
    }
    default:
      return { id, bytes_per_request: each(load.requests_per_second) };
  }
}

function falseAlarm(numbers: Numbers): IncidentLeak {
  const { id, least, most } = numbers.oneOf(falseAlarms);
  return { id, bytes_per_request: numbers.between(least, most) };
}

/** One job a second at most, by four connections: whatever the load, it does not catch up. Sometimes it fails as well, as slowly. */
const slow = (numbers: Numbers) => ({
  latency_ms: numbers.between(4_000, 20_000),
  failure_ratio: numbers.oneOf([0, 0, 0.25, 0.5]),
});
