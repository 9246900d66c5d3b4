import { expect, test } from 'vitest';
import type { Statement } from '../envelope/index.ts';
import { parseCondition, unfulfilled } from './condition.ts';

const statement: Statement = {
  type: 'https://in-toto.io/Statement/v1',
  predicateType: 'https://example.com/scan',
  subjects: [{ name: 'app', digest: { sha256: 'ab' }, annotations: {} }],
  predicate: {
    count: 0,
    score: 7.5,
    tool: 'plimsoll',
    at: '2026-01-01T00:00:00Z',
    findings: [{ id: 'a', fixed: true }],
  },
};

async function reasons(text: string, about: Statement | undefined = statement): Promise<string[]> {
  return unfulfilled(about, [await parseCondition(text, 'p.cel')]).map(({ code, message }) => `${code} ${message}`);
}

test.each([
  'predicate.count == 0 && predicate.score >= 7',
  'predicateType == "https://example.com/scan"',
  'subject.exists(s, s.digest.sha256 == "ab")',
  'predicate.findings.all(f, f.fixed)',
  'predicate.tool.matches("^plim")',
  'timestamp(predicate.at) > timestamp("2025-01-01T00:00:00Z")',
  '!has(predicate.constructor) && !("__proto__" in predicate)',
  '// why\npredicate.findings.size() == 1\n',
])('%j is fulfilled', async (text) => {
  expect(await reasons(text)).toEqual([]);
});

test.each([
  ['predicate.count > 0', 'it is false'],
  ['predicate.missing == 1', 'field not found'],
  ['nothing == 1', 'unresolved'],
  ['predicate.tool', 'it is neither true nor false'],
  ['predicate.constructor != null', 'field not found'],
  ['predicate.tool > 1', 'p.cel: '],
])('%j is not fulfilled', async (text, reason) => {
  const [told = '', ...others] = await reasons(text);
  expect(told).toContain('VERIFY_CONDITION_FAILED');
  expect(told).toContain(reason);
  expect(others).toEqual([]);
});

test('what is no statement fulfils nothing, nor does one nested too deep', async () => {
  const condition = await parseCondition('true', 'p.cel');
  expect(unfulfilled(undefined, [condition])).toMatchObject([{ code: 'VERIFY_CONDITION_FAILED' }]);
  let predicate: unknown = 'deep';
  for (let times = 0; times < 100_000; times++) predicate = [predicate];
  expect(unfulfilled({ ...statement, predicate }, [condition])).toMatchObject([{ code: 'VERIFY_CONDITION_FAILED' }]);
});

test.each(['', 'a ==', '1 +', 'x => y', '('.repeat(60_000)])(
  '%.20j is refused before anything is asked',
  async (text) => {
    await expect(parseCondition(text, 'p.cel')).rejects.toMatchObject({ code: 'VERIFY_CONDITION_INVALID' });
  },
);

test('a pattern ends in linear time', async () => {
  const predicate = { text: `${'a'.repeat(5000)}!` };
  expect(await reasons('!predicate.text.matches("^(a+)+$")', { ...statement, predicate })).toEqual([]);
});
