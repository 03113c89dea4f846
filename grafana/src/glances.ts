/** Panels for a glance: one number, or a band that says how something stood over time. */
import {
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type ValueMap,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { Colour } from './palette.ts';
import { framed, legendBelow, type PanelSource, type PanelSpec } from './panels.ts';
import { type Step, thresholds } from './thresholds.ts';

export interface StatSpec extends PanelSpec {
  readonly steps: readonly Step[];
  readonly decimals?: number;
}

/** The last value, large. */
export function stat(spec: StatSpec): PanelSource {
  const panel = framed(new StatBuilder(), spec, 'instant')
    .thresholds(thresholds(spec.steps))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
  if (spec.decimals !== undefined) panel.decimals(spec.decimals);
  return panel;
}

/** What a value of a band means. */
export interface State {
  readonly value: number;
  readonly word: string;
  readonly colour: Colour;
}

export interface TimelineSpec extends PanelSpec {
  readonly states: readonly State[];
}

/** A band for each series, in the colours of its states. */
export function stateTimeline(spec: TimelineSpec): TimelineBuilder {
  return framed(new TimelineBuilder(), spec)
    .mappings([wordsOf(spec.states)])
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(
      thresholds(
        spec.states.map(({ value, colour }, index) => ({ from: index === 0 ? null : value, colour })),
      ),
    )
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.8)
    .fillOpacity(80)
    .legend(legendBelow());
}

function wordsOf(states: readonly State[]): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      states.map(({ value, word, colour }, index) => [String(value), { text: word, color: colour, index }]),
    ),
  };
}
