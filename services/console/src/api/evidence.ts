import type { Route } from '@leak-lab/json-service';
import type { Shelf } from '../snapshots/shelf.ts';
import type { Store } from '../store/store.ts';
import type { Now } from './contract.ts';

export interface EvidenceDeps {
  readonly store: Store;
  readonly shelf: Shelf | undefined;
  readonly now: () => Now;
}

export function evidenceRoutes(deps: EvidenceDeps): Route[] {
  return [
    {
      method: 'get',
      path: '/api/evidence',
      summary: 'Everything recorded as one archive, with an index to read first.',
      handler: async (_request, response) => {
        const name = `leak-lab-evidence-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;
        response.set({
          'content-type': 'application/gzip',
          'content-disposition': `attachment; filename="${name}.tar.gz"`,
        });
        const { writeArchive } = await import('../evidence/archive.ts');
        await writeArchive(deps, name, response);
      },
    },
  ];
}
