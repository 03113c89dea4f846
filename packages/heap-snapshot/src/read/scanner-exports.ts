/** What the scanner's module gives: loops, and what they leave beside their result. See scanner/. */
export interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly written: { value: number };
  readonly commas: { value: number };
  readonly rest: { value: number };
  readonly tooBig: { value: number };
  numbers(first: number, from: number, end: number, out: number): number;
  quotes(from: number, end: number, base: number, out: number, skip: number): number;
  readonly records: { value: number };
  readonly rareCount: { value: number };
  readonly greatestName: { value: number };
  readonly edgeSum: { value: number };
  readonly detached: { value: number };
  readonly sizeSum: { value: number };
  readonly askedCount: { value: number };
  nodes(from: number, end: number, ...rest: number[]): number;
  edges(from: number, end: number, ...rest: number[]): number;
  weakMapTableId(start: number, end: number): number;
  readonly begun: { value: number };
  readonly lookedOut: { value: number };
  readonly openedAt: { value: number };
  readonly isOpen: { value: number };
  readonly behindMark: { value: number };
  strings(mark: number, count: number, ...rest: number[]): number;
}
