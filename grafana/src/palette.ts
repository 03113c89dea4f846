/**
 * Colours that people who see red and green alike tell apart: Okabe and Ito, "Color Universal Design" (2008), less the
 * yellow, which a light page swallows. Each stands for the same thing in every panel.
 */
export const palette = {
  blue: '#0072B2',
  sky: '#56B4E9',
  green: '#009E73',
  orange: '#E69F00',
  vermillion: '#D55E00',
  purple: '#CC79A7',
  grey: '#999999',
} as const;

export type Colour = (typeof palette)[keyof typeof palette];

/** What a colour means, wherever it is seen. */
export const meaning = {
  limit: palette.vermillion,
  use: palette.sky,
  resident: palette.grey,
  afterGc: palette.purple,
  external: palette.green,
  buffers: palette.orange,
  requests: palette.blue,
  bad: palette.vermillion,
  careful: palette.orange,
  good: palette.green,
  quiet: palette.grey,
} as const satisfies Record<string, Colour>;
