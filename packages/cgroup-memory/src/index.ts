export { type CgroupVersion, locateOwn, type MemoryCgroup, openCgroup } from './cgroup.ts';
export { type MemoryReading, readMemory } from './reading.ts';
