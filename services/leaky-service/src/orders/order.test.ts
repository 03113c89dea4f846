import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { pageOfOrders } from './order.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const size_bytes = 2 ** 20;

/** What a page of a megabyte takes of the heap, bytes. */
function weightOfAPage(): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  const page = pageOfOrders(size_bytes);
  collect();
  const weight = process.memoryUsage().heapUsed - before;
  expect(page.length).toBeGreaterThan(1_000);
  return weight;
}

// Each price was a number of its own once the product it is made of had passed 2^31.
it('weighs what it is to weigh, the thousandth order as the four hundred thousandth', () => {
  pageOfOrders(size_bytes);
  expect(weightOfAPage() / size_bytes).toBeCloseTo(1, 1);
  const orders = weightOfAPage();
  while ((pageOfOrders(size_bytes)[0]?.number ?? 0) < 400_000);
  expect(weightOfAPage() / orders).toBeCloseTo(1, 1.3);
});
