import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DemoOptions, startDemo } from '../../../services/console/web/demo/server.ts';

export interface Demo {
  readonly url: string;
  stop(): Promise<void>;
}

/** The page over made-up data, in a state that a real lab is in for seconds only. */
export async function openDemo(options: DemoOptions = {}): Promise<Demo> {
  const server: Server = await startDemo(options);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
