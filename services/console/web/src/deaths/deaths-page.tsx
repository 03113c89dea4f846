import { Empty } from '../parts/empty.tsx';
import { route } from '../route/navigation.ts';
import { deaths } from '../state/store.ts';
import { DeathDetail } from './death-detail.tsx';
import { DeathList } from './death-list.tsx';

/** Each death, and the minute before it. */
export function DeathsPage() {
  const asked = route.value.page === 'deaths' ? route.value.id : null;
  const list = deaths.value;
  const id = asked ?? list[0]?.id ?? null;
  return (
    <>
      <h1 class="unseen">Deaths</h1>
      {id === null ? (
        <Empty>
          The service has not died yet. A leak and load end it: <code>./lab leak cache on</code>,{' '}
          <code>./lab load</code>.
        </Empty>
      ) : (
        <div class="deaths">
          <DeathList deaths={list} chosen={id} />
          <DeathDetail key={id} id={id} />
        </div>
      )}
    </>
  );
}
