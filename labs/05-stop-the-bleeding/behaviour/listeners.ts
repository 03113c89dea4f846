import type { Feature } from '../../../services/leaky-service/src/features/feature.ts';
import type { Asked, Bench } from './bench.ts';
import type { Purpose } from './expectation.ts';
import { keptOf } from './kept.ts';

/** Changes the price of the first order in a view; what its view says then, where that is not the new price. */
function staleAfterChange({ feed }: Bench<Feature>, { request }: Asked, price_cents: number) {
  const before = request.view?.orders[0];
  if (before === undefined) return 'the request has no view of orders';
  feed.emit('change', { number: before.number, price_cents });
  const now = request.view?.orders.find(({ number }) => number === before.number)?.price_cents;
  return now === price_cents ? undefined : `a price of ${now} where ${price_cents} was announced`;
}

/** Of views that follow changes of prices. */
export const listeners: Purpose<Feature> = {
  file: 'order-views.ts',
  className: 'OrderViews',
  methods: [],
  expectations: [
    {
      says: 'A request has a view of orders while it is answered',
      of: 'handle',
      check: async (bench) => {
        const asked = bench.begin();
        const orders = asked.request.view?.orders.length ?? 0;
        await asked.answer();
        return orders > 0 ? undefined : 'request.view was not set, or has no orders';
      },
    },
    {
      says: 'A price that changes while a request is answered changes in its view',
      of: 'handle',
      check: async (bench) => {
        const asked = bench.begin();
        const came = staleAfterChange(bench, asked, 4_711);
        await asked.answer();
        return came;
      },
    },
    {
      says: 'It changes in each view that is open, while other requests come and go',
      of: 'handle',
      check: async (bench) => {
        const open = [bench.begin(), bench.begin(), bench.begin()];
        for (let index = 0; index < 5; index++) await bench.ask();
        const came = open.map((asked, at) => staleAfterChange(bench, asked, 100 + at));
        await Promise.all(open.map((asked) => asked.answer()));
        return came.find((words) => words !== undefined);
      },
    },
    {
      says: 'Others who follow the same feed are left alone',
      of: 'handle',
      check: async (bench) => {
        let heard = 0;
        bench.feed.on('change', () => {
          heard += 1;
        });
        for (let index = 0; index < 5; index++) await bench.ask();
        bench.feed.emit('change', { number: 1, price_cents: 1 });
        return heard === 1 ? undefined : 'another listener of the feed was not called any more';
      },
    },
    {
      says: 'A view ends with its request',
      of: 'handle',
      check: (bench) => keptOf(bench, () => ({})),
    },
  ],
};
