/** A customer's order, the only kind of thing this service knows. */
export interface Order {
  readonly number: number;
  readonly customer: string;
  readonly item: string;
  readonly price_cents: number;
  readonly note: string;
}

const customers = ['Adebayo', 'Brandt', 'Costa', 'Dupont', 'Eriksen', 'Fischer', 'Garcia', 'Haddad'];
const items = ['lamp', 'desk', 'chair', 'shelf', 'rug', 'mirror', 'clock', 'vase'];

/** An order with a header of five fields weighs this much beside the letters of its note (64-bit V8), bytes. */
const orderHeader_bytes = 24 + 5 * 8 + 16 + 8;
const usualNote_bytes = 160;

let last = 0;

/**
 * Makes a page of the newest orders that weighs about `size_bytes` as objects on the heap: so many
 * orders as fit with notes of usual length, the notes then longer or shorter to come out even.
 */
export function pageOfOrders(size_bytes: number, perOrder_bytes = orderHeader_bytes): Order[] {
  const count = Math.max(1, Math.round(size_bytes / (perOrder_bytes + usualNote_bytes)));
  const note_bytes = Math.max(1, Math.floor(size_bytes / count) - perOrder_bytes);
  const page: Order[] = new Array(count);
  for (let index = 0; index < count; index++) page[index] = newestOrder(note_bytes);
  return page;
}

function newestOrder(note_bytes: number): Order {
  last = (last + 1) % 1_000_000_000;
  return {
    number: last,
    customer: customers[last % customers.length] as string,
    item: items[(last >> 3) % items.length] as string,
    price_cents: priceOf(last),
    note: noteFor(last, note_bytes),
  };
}

/** The product stays below 2^31: beyond it V8 makes the price a number of its own, 16 bytes more for every order there is. */
const priceOf = (number: number): number => 500 + (((number % 90_000) * 7919) % 90_000);

const phrases = [
  'leave with the neighbour if nobody answers; ',
  'second bell from the top, the name has faded; ',
  'the old one goes back with the driver; ',
  'please call before noon, the lift is small; ',
  'gift, no invoice in the parcel; ',
  'assembly on Thursday was agreed with the shop; ',
];
const corpus = Buffer.from(
  Array.from({ length: 600 }, (_, index) => phrases[(index * 5 + (index >> 3)) % phrases.length]).join(''),
);

/** A note of exactly this many letters, its own string in memory (no slice of a common one). */
function noteFor(number: number, length_bytes: number): string {
  const start = (number * 131) % 4096;
  if (start + length_bytes <= corpus.length) return corpus.toString('latin1', start, start + length_bytes);
  const long = Buffer.alloc(length_bytes);
  for (let at = 0; at < length_bytes; at += corpus.length) corpus.copy(long, at);
  return long.toString('latin1');
}

/** How many letters JSON adds around an order's note. */
const orderJson_bytes = 83;

/** Renders a page of orders as a JSON document of about `size_bytes` letters. */
export function orderDocument(size_bytes: number): string {
  return JSON.stringify(pageOfOrders(Math.max(1, size_bytes), orderJson_bytes));
}
