import type { Feature, RequestContext } from '../../../services/leaky-service/src/features/feature.ts';
import type { Bench } from './bench.ts';
import type { Purpose } from './expectation.ts';
import { keptOf } from './kept.ts';

interface Found {
  readonly id?: string;
  readonly line?: string;
  readonly receivedAt?: number;
  readonly orders?: readonly { readonly number: number }[];
}

interface History extends Feature {
  find(id: string): Found | undefined;
}

/** What is wrong with what is found of a request. */
function faultOf(found: Found | undefined, { id, method, url, receivedAt }: RequestContext) {
  if (found === undefined) return `find(${JSON.stringify(id)}) found nothing`;
  if (found.id !== id) return `find(${JSON.stringify(id)}) found the record of ${found.id}`;
  if (found.line !== `${method} ${url}`) return `its line is ${found.line} where ${method} ${url} was asked`;
  if (found.receivedAt !== receivedAt)
    return `it came at ${receivedAt}, and the record says ${found.receivedAt}`;
  return (found.orders?.length ?? 0) > 0 ? undefined : 'what was answered to it (orders) is not there';
}

/** So many requests must be there to look into a complaint. */
const last = 10;

async function askMany(bench: Bench<History>, amount: number): Promise<RequestContext[]> {
  const asked: RequestContext[] = [];
  for (let number = 0; number < amount; number++) {
    asked.push(await bench.ask({ url: `/api/data?page=${number}`, receivedAt: Date.now() + number }));
  }
  return asked;
}

/** Of a history in which the last requests can be looked up. */
export const history: Purpose<History> = {
  file: 'request-history.ts',
  className: 'RequestHistory',
  methods: ['find'],
  expectations: [
    {
      says: 'A request can be looked up by its id: its line, its time, and what was answered to it',
      of: 'find',
      check: async (bench) => {
        const request = await bench.ask();
        return faultOf(bench.feature.find(request.id), request);
      },
    },
    {
      says: `So can each of the last ${last}, after some hundred others`,
      of: 'handle',
      check: async (bench) => {
        const asked = await askMany(bench, 300);
        return asked
          .slice(-last)
          .map((request) => faultOf(bench.feature.find(request.id), request))
          .find((fault) => fault !== undefined);
      },
    },
    {
      says: 'Each record has what was answered to that request, and to no other',
      of: 'handle',
      check: async (bench) => {
        const asked = await askMany(bench, last);
        const firsts = asked.map(({ id }) => bench.feature.find(id)?.orders?.[0]?.number);
        return new Set(firsts).size === last ? undefined : 'two records have the same orders';
      },
    },
    {
      says: 'What was never asked is not found',
      of: 'find',
      check: async (bench) => {
        await askMany(bench, 3);
        return bench.feature.find('nobody') === undefined ? undefined : 'find("nobody") found something';
      },
    },
    {
      says: 'Not every request is kept for ever',
      of: 'handle',
      check: (bench) => keptOf(bench, () => ({})),
    },
  ],
};
