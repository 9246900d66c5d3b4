import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Report } from '../../src/reports/index.ts';
import { renderJson } from '../../src/reports/json/render.ts';
import { makeDigest, makeFullReport, makeReport, renderText } from '../../testkit/report.ts';
import { makeReportSchema } from './report.ts';

type Json = Record<string, unknown>;

const published = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schemas/plimsoll-report.schema.json'), 'utf8'),
) as Json;

function compile(schema: Json): ValidateFunction {
  return new Ajv2020({ allErrors: true, validateFormats: false, strict: true, strictTypes: false }).compile(schema);
}

function documentOf(report: Report): unknown {
  return JSON.parse(renderText(renderJson, report, { showSuppressed: true }));
}

/** The same schema, but a member that it does not name is an error. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in copy && !('additionalProperties' in copy) ? { ...copy, additionalProperties: false } : copy;
}

test('the published schema is what the definitions give (npm run schemas)', () => {
  expect(published).toEqual(makeReportSchema());
});

test.each([
  ['with everything', makeFullReport()],
  ['with next to nothing', makeReport()],
])('a report %s is as the schema says, and has no member that it does not know', (_, report) => {
  const validate = compile(closed(published) as Json);
  validate(documentOf(report));
  expect(validate.errors ?? []).toEqual([]);
});

test('every member of the schema is written when everything is there', () => {
  const digest = makeDigest('a');
  const subject = {
    kind: 'container',
    name: 'app',
    imageId: digest,
    manifestDigest: digest,
    architecture: 'amd64',
    reference: 'app:1',
    repoTags: ['app:1'],
    repoDigests: [`app@${digest}`],
    diffIds: [digest],
    size: 1,
  } as const;
  const document = documentOf({ ...makeFullReport(), subject });
  expect(missing(published, [document], '')).toEqual([]);
});

test.each([
  ['another schema version', (report: Json) => ({ ...report, SchemaVersion: 1 })],
  ['no verdict', (report: Json) => ({ ...report, Plimsoll: { ...(report['Plimsoll'] as Json), Verdict: undefined } })],
  ['an unknown artifact type', (report: Json) => ({ ...report, ArtifactType: 'moon' })],
])('%s is refused', (_, change) => {
  const broken = JSON.parse(JSON.stringify(change(documentOf(makeFullReport()) as Json)));
  expect(compile(published)(broken)).toBe(false);
});

/** Paths of properties of `schema` that none of `values` has. */
function missing(schema: Json, values: readonly unknown[], path: string): string[] {
  const objects = values.filter((value): value is Json => typeof value === 'object' && value !== null);
  const lists = objects.filter((value) => Array.isArray(value)).flat();
  const found: string[] = [];
  for (const [name, part] of Object.entries((schema['properties'] ?? {}) as Json)) {
    const present = objects.filter((value) => name in value).map((value) => value[name]);
    if (present.length === 0) found.push(`${path}/${name}`);
    else found.push(...missing(part as Json, present, `${path}/${name}`));
  }
  if (schema['items'] !== undefined) found.push(...missing(schema['items'] as Json, lists, `${path}[]`));
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object' && additionalProperties !== null) {
    found.push(
      ...missing(
        additionalProperties as Json,
        objects.flatMap((value) => Object.values(value)),
        `${path}/*`,
      ),
    );
  }
  for (const option of (schema['anyOf'] ?? []) as Json[]) found.push(...missing(option, values, `${path}|`));
  return found;
}
