import fc from 'fast-check';
import { expect, test } from 'vitest';
import { affects, makeOsvRecord } from '../../../testkit/osv.ts';
import { parseRecord } from './record.ts';

function parse(value: unknown) {
  return parseRecord(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 'R-1.json');
}

test('a record with everything', () => {
  const record = makeOsvRecord('R-1', {
    published: '2029-01-01T00:00:00Z',
    withdrawn: '2030-02-01T00:00:00Z',
    aliases: ['CVE-2030-1'],
    upstream: ['CVE-2030-2'],
    related: ['R-2'],
    summary: 'A flaw',
    details: 'More words',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/…' }],
    references: [{ type: 'WEB', url: 'https://example.com/' }],
    credits: [{ name: 'Ann' }],
    database_specific: { severity: 'HIGH', cwe_ids: ['CWE-79'], other: { deep: true } },
    affected: [
      affects('npm', 'a', ['introduced 0', 'fixed 1.2'], {
        versions: ['1.0'],
        severity: [{ type: 'CVSS_V2', score: 'x' }],
        database_specific: { source: 'https://example.com/' },
      }),
    ],
  });
  expect(parse(record)).toEqual({
    id: 'R-1',
    modified: '2030-01-01T00:00:00Z',
    published: '2029-01-01T00:00:00Z',
    withdrawn: '2030-02-01T00:00:00Z',
    aliases: ['CVE-2030-1'],
    upstream: ['CVE-2030-2'],
    related: ['R-2'],
    summary: 'A flaw',
    details: 'More words',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/…' }],
    references: ['https://example.com/'],
    declaredSeverity: 'HIGH',
    cweIds: ['CWE-79'],
    affected: [
      {
        package: { ecosystem: 'npm', name: 'a' },
        ranges: [
          {
            type: 'ECOSYSTEM',
            events: [
              { kind: 'introduced', version: '0' },
              { kind: 'fixed', version: '1.2' },
            ],
          },
        ],
        versions: ['1.0'],
        severity: [{ type: 'CVSS_V2', score: 'x' }],
      },
    ],
  });
});

test('lists may be left out or null, and what only describes may be of any type', () => {
  const record = makeOsvRecord('R-1', {
    aliases: null,
    affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: null, versions: null }],
    summary: 5,
    details: null,
    severity: 'high',
    references: {},
    database_specific: 'none',
  });
  expect(parse(record)).toMatchObject({
    aliases: [],
    severity: [],
    references: [],
    cweIds: [],
    affected: [{ ranges: [], versions: [], severity: [] }],
  });
});

test.each([
  ['junk', '{"id": "R-1"'],
  ['nothing', ''],
  ['another value', '[]'],
  ['null', 'null'],
  ['no id', { affected: [] }],
  ['an id of another type', makeOsvRecord('R-1', { id: 5 })],
  ['affected of another type', makeOsvRecord('R-1', { affected: {} })],
  ['a package without a name', makeOsvRecord('R-1', { affected: [{ package: { ecosystem: 'npm' } }] })],
  ['a range of an unknown type', makeOsvRecord('R-1', { affected: [{ ranges: [{ type: 'MOON', events: [] }] }] })],
  ['a range without events', makeOsvRecord('R-1', { affected: [{ ranges: [{ type: 'GIT' }] }] })],
  ['an unknown event', makeOsvRecord('R-1', { affected: [affects('npm', 'a', ['vanished 1'])] })],
  [
    'two events in one',
    makeOsvRecord('R-1', { affected: [{ ranges: [{ type: 'GIT', events: [{ introduced: '0', fixed: '1' }] }] }] }),
  ],
  ['an empty event', makeOsvRecord('R-1', { affected: [{ ranges: [{ type: 'GIT', events: [{}] }] }] })],
  ['a version of another type', makeOsvRecord('R-1', { affected: [affects('npm', 'a', [], { versions: [1] })] })],
  ['aliases of another type', makeOsvRecord('R-1', { aliases: [{}] })],
])('%s is refused', (_, value) => {
  expect(() => parse(value)).toThrowCode('ADVISORIES_RECORD_INVALID');
});

test('the error names the file and the field', () => {
  const broken = makeOsvRecord('R-1', { affected: [affects('npm', 'a', ['fixed 1'], { versions: 'all' })] });
  expect(() => parse(broken)).toThrow(/^R-1\.json is not an OSV record: affected\.0\.versions: /);
});

test('damaged bytes are a record or a coded error, never anything else', () => {
  const record = makeOsvRecord('R-1', {
    aliases: ['CVE-2030-1'],
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' }],
    affected: [affects('npm', 'a', ['introduced 0', 'fixed 1.2'], { versions: ['1.0'] })],
  });
  const whole = Buffer.from(JSON.stringify(record));
  const at = fc.nat({ max: whole.length - 1 });
  fc.assert(
    fc.property(at, fc.nat({ max: 7 }), fc.boolean(), (position, bit, cut) => {
      const bytes = Buffer.from(cut ? whole.subarray(0, position) : whole);
      if (!cut) bytes[position] = (bytes[position] ?? 0) ^ (1 << bit);
      try {
        expect(parseRecord(bytes, 'R-1.json').id).not.toBe('');
      } catch (error) {
        expect((error as { code?: string }).code).toBe('ADVISORIES_RECORD_INVALID');
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['lists', '['.repeat(200_000)],
  ['objects', '{"a":'.repeat(200_000)],
  ['a deep member', `{"id":"R-1","database_specific":{"x":${'['.repeat(5000)}${']'.repeat(5000)}}}`],
])('deep nesting of %s neither hangs nor overflows', (_, text) => {
  try {
    expect(parse(text).id).toBe('R-1');
  } catch (error) {
    expect((error as { code?: string }).code).toBe('ADVISORIES_RECORD_INVALID');
  }
});
