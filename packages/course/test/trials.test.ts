import { expect, it } from 'vitest';
import { buildEvent, keptOfEvents, openConnections, type Tools } from '../src/index.ts';
import { evidenceOf, MB } from './simulated.ts';

/** A service that keeps so much of each large event, outside of the heap or in it, by the variant that is on. */
class MadeUpService {
  readonly #keeps: Readonly<Record<string, { readonly outside?: number; readonly heap?: number }>>;
  readonly #repeated: (same: boolean) => unknown;
  #variant = 'leaky';
  #sent = 0;
  #outside = 4 * MB;
  #heap = 16 * MB;
  #bodies = 0;
  #last = '';

  constructor(
    keeps: Readonly<Record<string, { readonly outside?: number; readonly heap?: number }>>,
    repeated: (same: boolean) => unknown = (same) => same,
  ) {
    this.#keeps = keeps;
    this.#repeated = repeated;
  }

  async ask(path: string, json: unknown): Promise<unknown> {
    if (path === '/api/ingest') {
      const text = JSON.stringify(json);
      const same = text === this.#last;
      this.#last = text;
      return { repeated: this.#repeated(same) };
    }
    if (path.startsWith('/admin/leaks/')) this.#variant = (json as { variant: string }).variant;
    return {
      heap_used_after_gc_bytes: this.#heap,
      external_after_gc_bytes: this.#outside,
      requests: { total: this.#sent, body_bytes_total: this.#bodies },
    };
  }

  letGo(outside_bytes: number): void {
    this.#outside -= outside_bytes;
  }

  /** As the lab's customers send. */
  send(requests: number): void {
    const { outside = 0, heap = 0 } = this.#keeps[this.#variant] ?? {};
    for (let count = 0; count < requests; count += 1) {
      const length = buildEvent(this.#sent).body?.length ?? 0;
      this.#sent += 1;
      this.#bodies += length;
      const isLarge = length > 256;
      const isLetGo = this.#variant === 'learner' && outside < 0 && length > 256 * 1024;
      if (isLarge && !isLetGo) this.#outside += Math.abs(outside);
      if (isLarge) this.#heap += heap;
    }
  }
}

function toolsFor(service: { ask(path: string, json: unknown): Promise<unknown>; send(n: number): void }) {
  const held: boolean[] = [];
  const tools: Tools = {
    evidence: () => evidenceOf([]),
    service: async (_, path, json) => ({ status: 200, json: await service.ask(path, json) }),
    work_directory: '/nowhere',
    send: async (requests) => {
      service.send(requests);
      return { answered: requests, failed: 0 };
    },
    hold: () => {
      held.push(true);
      return () => held.push(false);
    },
    tell: () => undefined,
    signal: new AbortController().signal,
  };
  return { tools, held };
}

const buffers = { id: 'buffers', bytes_per_request: 12_000 };
const leaky = { outside: 11_784 };

it('what a fix leaves of each large event is held against what stayed before', async () => {
  // Less than nothing is of those that are no larger than 256 KB: one of 14 is let go of.
  const { tools, held } = toolsFor(new MadeUpService({ leaky, learner: { outside: -11_784 } }));
  const sight = await keptOfEvents(tools, buffers);
  expect(sight).toMatchObject({ seen: false, saw: expect.stringContaining('7 % less') });
  expect(sight.figures?.['share']).toBeCloseTo(13 / 14, 3);
  expect(held).toEqual([true, false]);
});

it('what the process lets go of once in the middle of it is none of the fix', async () => {
  const service = new MadeUpService({ leaky, learner: { outside: -11_784 } });
  const { tools } = toolsFor(service);
  let loads = 0;
  const send: Tools['send'] = (requests) => {
    loads += 1;
    // The second after the warm-up with the learner's code.
    if (loads === 7) service.letGo(3 * MB);
    return tools.send(requests);
  };
  const sight = await keptOfEvents({ ...tools, send }, buffers);
  expect(sight.figures?.['share']).toBeCloseTo(13 / 14, 3);
});

it('a fix that leaves next to nothing is enough; one that moves it into the heap is none', async () => {
  const enough = toolsFor(new MadeUpService({ leaky, learner: { outside: 40 } }));
  expect(await keptOfEvents(enough.tools, buffers)).toMatchObject({ seen: true });
  const moved = toolsFor(new MadeUpService({ leaky, learner: { heap: 11_000 } }));
  expect(await keptOfEvents(moved.tools, buffers)).toMatchObject({
    seen: false,
    saw: expect.stringContaining('in the heap now'),
  });
});

it('a fix that does not do what it is for is told so', async () => {
  const blind = toolsFor(new MadeUpService({ leaky, learner: {} }, () => false));
  expect((await keptOfEvents(blind.tools, buffers)).saw).toContain('does not do what it is for');
  const silent = toolsFor(new MadeUpService({ leaky, learner: {} }, () => undefined));
  expect((await keptOfEvents(silent.tools, buffers)).saw).toContain('nothing');
});

/** A service whose calls end or not, by how the upstream behaves. */
class CallingService {
  readonly #endless: (weather: 'usual' | 'failing' | 'slow') => boolean;
  #weather: 'usual' | 'failing' | 'slow' = 'usual';
  readonly #reads: boolean;
  #calls = { success: 0, timeout: 0, error: 0, never_finished: 0 };
  /** What the upstream was set to, in turn. */
  readonly weathers: string[] = [];

  constructor(endless: (weather: 'usual' | 'failing' | 'slow') => boolean, reads = true) {
    this.#endless = endless;
    this.#reads = reads;
  }

  async ask(path: string, json: unknown): Promise<unknown> {
    if (path === '/admin/upstream') {
      const { latency_ms, failure_ratio } = json as { latency_ms: number; failure_ratio: number };
      this.#weather = failure_ratio > 0 ? 'failing' : latency_ms > 10_000 ? 'slow' : 'usual';
      this.weathers.push(this.#weather);
    }
    return { upstream: { requests: this.#calls } };
  }

  send(requests: number): void {
    const calls = requests / 5;
    if (this.#endless(this.#weather)) this.#calls.never_finished += calls;
    else if (this.#weather === 'usual') this.#calls.success += this.#reads ? calls : 0;
    else this.#calls.error += calls;
  }
}

const sockets = { id: 'sockets', bytes_per_request: 20_000, one_in: 12 };

it('calls are tried in every weather, and the upstream is as before afterwards', async () => {
  const service = new CallingService(() => false);
  const sight = await openConnections(toolsFor(service).tools, sockets);
  expect(sight).toMatchObject({ seen: true, figures: { usual_left: 0, failing_left: 0, slow_left: 0 } });
  expect(service.weathers).toEqual(['usual', 'failing', 'slow', 'usual']);
});

it('a fix that asks for nothing any more is none', async () => {
  const sight = await openConnections(toolsFor(new CallingService(() => false, false)).tools, sockets);
  expect(sight).toMatchObject({ seen: false, saw: expect.stringContaining('does not do what it is for') });
});

it('a fix that makes no more calls after the first ones is none', async () => {
  let weathers = 0;
  const silent = new CallingService(() => false);
  const ask = silent.ask.bind(silent);
  silent.ask = (path, json) => {
    if (path === '/admin/upstream') weathers += 1;
    return ask(path, json);
  };
  const send = silent.send.bind(silent);
  silent.send = (requests) => {
    if (weathers === 1) send(requests);
  };
  const sight = await openConnections(toolsFor(silent).tools, sockets);
  expect(sight).toMatchObject({ seen: false, saw: expect.stringContaining('makes no more') });
});

it('what never ends while the upstream is slow is told, with how much of it', async () => {
  const service = new CallingService((weather) => weather === 'slow');
  const sight = await openConnections(toolsFor(service).tools, sockets, 300);
  expect(sight).toMatchObject({
    seen: false,
    saw: expect.stringContaining('slow: 50 of 50 calls are still open'),
    figures: { usual_left: 0, slow_left: 1 },
  });
});
