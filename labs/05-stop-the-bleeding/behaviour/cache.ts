import type { Feature, RequestContext } from '../../../services/leaky-service/src/features/feature.ts';
import { type Bench, entry_bytes, type Question } from './bench.ts';
import type { Expectation, Purpose } from './expectation.ts';
import { keptOf } from './kept.ts';

interface Cache extends Feature {
  documentFor(request: RequestContext): string | undefined;
}

/** The document that a question is answered with after it was asked. */
async function answerTo(bench: Bench<Cache>, question: Question): Promise<string | undefined> {
  return bench.feature.documentFor(await bench.ask(question));
}

const hasOwnDocument =
  (more: Question): Expectation<Cache>['check'] =>
  async (bench) => {
    const usual = await answerTo(bench, {});
    const own = await answerTo(bench, more);
    if (own === undefined) return 'nothing was kept for it';
    return own === usual ? 'it was answered with the document of another question' : undefined;
  };

/** Of a cache of documents. */
export const cache: Purpose<Cache> = {
  file: 'response-cache.ts',
  className: 'ResponseCache',
  methods: ['documentFor'],
  expectations: [
    {
      says: 'A question is answered with a document of orders',
      of: 'handle',
      check: async (bench) => {
        const document = await answerTo(bench, {});
        if (document === undefined) return 'documentFor() found nothing right after the question';
        const orders: unknown = JSON.parse(document);
        const size_bytes = document.length;
        if (Array.isArray(orders) && orders.length > 0 && size_bytes > entry_bytes / 2) return undefined;
        return `a document of ${size_bytes} bytes, ${Array.isArray(orders) ? orders.length : 'no list of'} orders`;
      },
    },
    {
      says: 'The same question, asked by another request, is answered from what was rendered first',
      of: 'handle',
      check: async (bench) => {
        const first = await answerTo(bench, {});
        const again = bench.feature.documentFor(bench.request());
        if (again === undefined) return 'nothing was found for it';
        if (again !== first) return 'another document was found for it';
        return (await answerTo(bench, {})) === first ? undefined : 'it was rendered anew';
      },
    },
    {
      says: 'Another address has a document of its own',
      of: 'documentFor',
      check: hasOwnDocument({ url: '/api/data?page=2' }),
    },
    ...['x-tenant', 'authorization', 'accept-language', 'accept'].map(
      (name): Expectation<Cache> => ({
        says: `Who asks with another ${name} has a document of their own`,
        of: 'documentFor',
        check: hasOwnDocument({ headers: { [name]: 'other' } }),
      }),
    ),
    {
      says: 'Three tenants who ask in turn are each answered from what was rendered for them first',
      of: 'handle',
      check: async (bench) => {
        const tenants = ['one', 'two', 'three'].map((tenant) => ({ headers: { 'x-tenant': tenant } }));
        const first: unknown[] = [];
        for (const tenant of tenants) first.push(await answerTo(bench, tenant));
        for (const [at, tenant] of tenants.entries())
          if ((await answerTo(bench, tenant)) !== first[at]) return `tenant ${at + 1} was rendered for anew`;
        return undefined;
      },
    },
    {
      says: 'The same question, asked by ever new requests, is kept once',
      of: 'handle',
      check: (bench) => keptOf(bench, () => ({})),
    },
    {
      says: 'Of ever new questions not all are kept for ever',
      of: 'handle',
      check: (bench) => keptOf(bench, (number) => ({ url: `/api/data?page=${number}` })),
    },
  ],
};
