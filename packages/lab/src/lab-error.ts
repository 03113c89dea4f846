/** What a person needs when something does not work: what it is, what was expected, what came, what to do. */
export interface Complaint {
  readonly problem: string;
  readonly expected?: string;
  readonly came?: string;
  readonly advice: string;
  /** Of the process that ends with it; 1 unless said. */
  readonly exit_code?: number;
}

/** A failure the lab can explain; it is printed without a stack. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly exit_code: number;

  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(describe(complaint));
    this.complaint = complaint;
    this.exit_code = complaint.exit_code ?? 1;
  }
}

function describe({ problem, expected, came, advice }: Complaint): string {
  const rows: [string, string | undefined][] = [
    ['expected', expected],
    ['came', came],
    ['do', advice],
  ];
  const lines = rows.flatMap(([label, text]) =>
    text === undefined ? [] : [`  ${label.padEnd(9)} ${indent(text)}`],
  );
  return [problem, ...lines].join('\n');
}

const indent = (text: string) => text.split('\n').join(`\n${' '.repeat(12)}`);

/** The text of whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
