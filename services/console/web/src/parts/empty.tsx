import type { ComponentChildren } from 'preact';

/** Why there is nothing here, and what makes something come. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
