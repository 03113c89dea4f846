import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { renderJson } from './render-json.ts';
import { sampleDiff, sampleSummary } from './testing/sample-report.ts';

const schema = JSON.parse(readFileSync(new URL('../../heapdiff.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
}).compile(schema);

describe.each([
  ['a diff', sampleDiff()],
  ['a diff of different processes', sampleDiff({ same_process: false, paths: [] })],
  ['a summary', sampleSummary()],
])('%s as JSON', (_what, report) => {
  const text = renderJson(report);

  test('is as the published schema says', () => {
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  });

  test('brings every name out unharmed', () => {
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)));
    const names = JSON.parse(text).classes.map(({ name }: { name: string }) => name);
    expect(names).toEqual(report.classes.map(({ name }) => name));
  });

  test('moves no cursor when it is printed', () => {
    expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  });
});

test('the schema refuses what the command never prints', () => {
  expect(validate({ ...sampleDiff(), extra: 1 })).toBe(false);
  expect(validate({ ...sampleDiff(), class_count: -1 })).toBe(false);
});
