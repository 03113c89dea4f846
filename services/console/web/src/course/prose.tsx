import { useLayoutEffect, useRef } from 'preact/hooks';
import { dressCode, dressTables } from './dress.ts';
import { shownMode } from './shown-mode.tsx';

/** A text that the console made of Markdown, its code with a button to copy it. */
export function Prose({ html }: { readonly html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    element.innerHTML = html;
    dressTables(element);
    return dressCode(element);
  }, [html]);
  return <div class="prose" data-mode={shownMode.value} ref={place} />;
}
