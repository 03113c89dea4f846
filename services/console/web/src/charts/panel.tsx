import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { coloursChanged } from '../theme/theme.ts';
import type { ChartGroup } from './chart-group.ts';
import { dataOf, makeChart } from './make-chart.ts';
import type { PanelSpec } from './panel-spec.ts';
import { Readout } from './readout.tsx';

interface Props {
  readonly spec: PanelSpec;
  readonly group: ChartGroup;
  /** The last of a stack writes the times below itself. */
  readonly withTimes: boolean;
}

export function Panel({ spec, group, withTimes }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = makeChart(element, spec, group, withTimes);
    chart.current = made;
    group.charts.add(made);
    const watch = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height: made.height });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      group.charts.delete(made);
      made.destroy();
      chart.current = undefined;
    };
  }, [spec, group, withTimes]);

  useSignalEffect(() => {
    const columns = group.columns.value;
    const { from_ms, to_ms } = group.range.value;
    void group.marks.value;
    void coloursChanged.value;
    const drawn = chart.current;
    if (drawn === undefined) return;
    drawn.batch(() => {
      drawn.setData(dataOf(spec, columns), false);
      drawn.setScale('x', { min: from_ms, max: to_ms });
    });
  });

  return (
    <section class="panel" aria-label={spec.title}>
      <Readout spec={spec} group={group} />
      <div class="panel-canvas" ref={place} />
    </section>
  );
}
