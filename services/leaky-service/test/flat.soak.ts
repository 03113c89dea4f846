/** What flat.test.ts measures of all together, of each by itself and of none: where that fails, this one says which. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leaks } from '../../../test/support/leaks.ts';
import { growthWithFixed, most_bytes, startFlat } from './flat-service.ts';

let url: string;
let stop: () => Promise<unknown>;
beforeAll(async () => {
  const started = await startFlat();
  url = started.service.url;
  stop = started.stop;
});
afterAll(() => stop());

it.each(leaks)(`keeps less than ${most_bytes} bytes of a request with the fixed $id`, async (leak) => {
  const { drive } = leak;
  const measured = drive.body === 'large' ? 4_000 : 10_000;
  expect(await growthWithFixed(url, [leak], { warmUp: 2_000, measured }, { drive })).toBeLessThan(most_bytes);
});

const drives = new Map(leaks.map(({ drive }) => [drive.path, drive]));

it.each([...drives.values()])(
  `keeps less than ${most_bytes} bytes of a request to $path while nothing is on`,
  async (drive) => {
    const measured = drive.body === 'large' ? 4_000 : 10_000;
    expect(await growthWithFixed(url, [], { warmUp: 2_000, measured }, { drive })).toBeLessThan(most_bytes);
  },
);
