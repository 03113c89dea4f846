import { styleText } from 'node:util';

/** The few ways in which the terminal's text differs. */
export interface Colours {
  heading(text: string): string;
  growth(text: string): string;
  decline(text: string): string;
  aside(text: string): string;
}

type Style = Parameters<typeof styleText>[0];

/** Colours for a terminal that has them, plain text for anything else. */
export function colours(enabled: boolean): Colours {
  // The caller has looked at the stream; styleText by itself looks at standard output only.
  const style = (name: Style) => (text: string) =>
    enabled ? styleText(name, text, { validateStream: false }) : text;
  return { heading: style('bold'), growth: style('red'), decline: style('green'), aside: style('dim') };
}
