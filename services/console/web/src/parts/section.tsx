import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  /** One line that says what is to be seen. */
  readonly about?: ComponentChildren;
  /** At the right of the title. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a page, with its name. */
export function Section({ title, about, aside, children }: Props) {
  return (
    <section class="section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {about !== undefined && <p class="about">{about}</p>}
        {aside !== undefined && <div class="section-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
