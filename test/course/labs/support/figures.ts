/** Every figure of a name that a JSON of the service printed, oldest first: `"total":123`. */
export const figures = (screen: string, name: string): number[] =>
  [...screen.matchAll(new RegExp(`"${name}":\\s*(-?[\\d.]+)`, 'g'))].map(([, digits]) => Number(digits));

/** The figure that was printed as the `nth`; negative ones count from the end. Throws where there is none. */
export function figure(screen: string, name: string, nth: number): number {
  const found = figures(screen, name).at(nth);
  if (found !== undefined) return found;
  throw new Error(`Expected the text's commands to print ${name} once more; they printed:\n${screen}`);
}
