/** The memory that is filled, and the limit that ends it. */
export interface Memory {
  readonly use: string;
  readonly limit: string;
}

const ofTheService: Memory = { use: 'container_memory_usage_bytes', limit: 'container_memory_limit_bytes' };
const ofValkey: Memory = { use: 'valkey_used_memory_bytes', limit: 'valkey_maxmemory_bytes' };

/** A recording as a learner's rules see it. */
export interface Scene {
  /** Of the recording. */
  readonly name: string;
  readonly kind: 'leak' | 'healthy';
  readonly memory: Memory;
  /**
   * For so long the service idles before the recording begins: its first sample is repeated. It is another time in each
   * scene, so that no rule can go by the clock or by how long the service has run.
   */
  readonly idle_seconds: number;
}

const leak = (name: string, idle_seconds: number, memory = ofTheService): Scene => ({
  ...{ name, kind: 'leak', memory, idle_seconds },
});
const healthy = (name: string, idle_seconds: number): Scene => ({
  ...{ name, kind: 'healthy', memory: ofTheService, idle_seconds },
});

/** All that an alert is tried on. */
export const scenes: readonly Scene[] = [
  leak('cache', 0),
  leak('listeners', 90),
  leak('history', 30),
  leak('closures', 60),
  leak('buffers', 10),
  leak('sockets', 70),
  leak('reload', 20),
  leak('expired', 100),
  // The service's own memory stays as it is: what fills up is the server that it writes to.
  leak('keys', 40, ofValkey),
  healthy('warm-cache', 50),
  healthy('churn', 0),
  healthy('churn-busy', 70),
  healthy('pool', 80),
  healthy('load-step', 20),
  healthy('restart', 10),
  healthy('fixed-closures', 30),
  healthy('fixed-buffers', 60),
  healthy('fixed-sockets', 0),
  healthy('fixed-reload', 40),
  healthy('fixed-keys', 90),
];
