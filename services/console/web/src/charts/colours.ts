/** A colour of the style sheet, by its name there, as it is now: a canvas cannot say `var(--…)`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The same, let through: for areas under lines. */
export function translucent(name: string, alpha: number): string {
  return `color-mix(in srgb, ${colour(name)} ${alpha * 100}%, transparent)`;
}

/** The page's typeface, for words on a canvas. */
export function canvasFont(size_px = 11, weight = 400): string {
  return `${weight} ${size_px * devicePixelRatio}px ${colour('sans')}`;
}
