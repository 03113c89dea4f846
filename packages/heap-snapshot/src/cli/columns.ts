import type { ClassDiff, ClassSummary } from '../types.ts';
import { className } from './names.ts';
import { formatBytes, formatBytesDelta, formatCount, formatCountDelta } from './numbers.ts';
import type { DiffReport, SummaryReport } from './report.ts';
import type { Column } from './table.ts';

/** The columns of a diff; those it has no figures for are left out. Every format shows the same ones. */
export function diffColumns(report: DiffReport): Column<ClassDiff>[] {
  const columns: Column<ClassDiff>[] = [
    { heading: 'objects', text: ({ sizes }) => formatCount(sizes.at(-1)?.count ?? 0) },
    { heading: 'change', text: ({ count_delta }) => formatCountDelta(count_delta) },
  ];
  if (report.same_process) {
    columns.push(
      { heading: 'new', text: ({ added }) => formatCount(added.count) },
      { heading: 'deleted', text: ({ deleted }) => formatCount(deleted.count) },
      { heading: 'grown', text: ({ grown }) => formatCount(grown.count) },
    );
  }
  if (report.classes.some(({ survivors }) => survivors)) {
    columns.push(
      { heading: 'survivors', text: ({ survivors }) => (survivors ? formatCount(survivors.count) : '') },
      { heading: 'trend', text: ({ trend }) => trend },
    );
  }
  columns.push({ heading: 'own change', text: ({ self_bytes_delta }) => formatBytesDelta(self_bytes_delta) });
  if (report.classes.some(({ retained_bytes_delta }) => retained_bytes_delta !== null)) {
    columns.push(
      { heading: 'held before', text: ({ sizes }) => bytesOrNothing(sizes[0]?.retained_bytes) },
      { heading: 'held after', text: ({ sizes }) => bytesOrNothing(sizes.at(-1)?.retained_bytes) },
      {
        heading: 'held change',
        text: ({ retained_bytes_delta: delta }) => (delta === null ? '' : formatBytesDelta(delta)),
      },
    );
  }
  return [...columns, { heading: 'class', text: className }];
}

/** The columns of a summary. */
export function summaryColumns(report: SummaryReport): Column<ClassSummary>[] {
  const columns: Column<ClassSummary>[] = [
    { heading: 'objects', text: ({ count }) => formatCount(count) },
    { heading: 'own', text: ({ self_bytes }) => formatBytes(self_bytes) },
  ];
  if (report.classes.some(({ retained_bytes }) => retained_bytes !== null)) {
    columns.push({ heading: 'held', text: ({ retained_bytes }) => bytesOrNothing(retained_bytes) });
  }
  return [...columns, { heading: 'class', text: className }];
}

function bytesOrNothing(bytes: number | null | undefined): string {
  return bytes === null || bytes === undefined ? '' : formatBytes(bytes);
}
