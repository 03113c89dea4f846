export { type Growth, growthOf, type MemoryReading, secondsToLimit } from './growth.ts';
export { median } from './median.ts';
export { type Estimate, type Point, theilSen } from './theil-sen.ts';
