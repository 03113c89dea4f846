import { route } from '../route/navigation.ts';
import { evidence, formatRoute, home, type PageName, type Route } from '../route/route.ts';
import { deaths, isBlind } from '../state/store.ts';
import { ServiceState } from './service-state.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const places: Readonly<Record<PageName, Route>> = {
  live: home,
  course: { page: 'course', lab: null },
  incidents: { page: 'incidents' },
  evidence,
  deaths: { page: 'deaths', id: null, range: null },
  leaks: { page: 'leaks' },
  download: { page: 'download' },
};

export function Header({ titles }: { readonly titles: Readonly<Record<PageName, string>> }) {
  const here = route.value.page;
  const shown = (Object.keys(places) as PageName[]).filter((page) => page !== 'leaks' || !isBlind.value);
  return (
    <header class="top">
      {/* No link: the hash is the route. */}
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <a class="brand" href={formatRoute(home)}>
        Leak Lab
      </a>
      <nav aria-label="Pages">
        <ul>
          {shown.map((page) => (
            <li key={page}>
              <a href={formatRoute(places[page])} aria-current={page === here ? 'page' : undefined}>
                {titles[page]}
                {page === 'deaths' && deaths.value.length > 0 && (
                  <span class="count">{deaths.value.length}</span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <ServiceState />
      <ThemeSwitch />
    </header>
  );
}
