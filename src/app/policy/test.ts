import { dirname, join } from 'node:path';
import { walkFiles } from '../../disk/index.ts';
import { checkExpectations, parseDocuments, readTestFile } from '../../policy/index.ts';
import type { AppContext } from '../context.ts';
import { applyToFiles } from './apply.ts';
import { readTexts } from './files.ts';
import type { PolicyTestReport, TestPoliciesInput } from './input.ts';

const names = /(^|\/)kyverno-test\.ya?ml$/;

/** Runs every test file below the directories. @throws POLICY_*, DISK_* */
export async function testFiles(input: TestPoliciesInput, context: AppContext): Promise<PolicyTestReport[]> {
  const reports: PolicyTestReport[] = [];
  for (const directory of input.directories) {
    const options = { skipDirectory: () => false, wants: (path: string) => names.test(path), onUnreadable: rethrow };
    for await (const { absolutePath } of walkFiles(directory, options)) {
      reports.push(...(await runFile(absolutePath, input, context)));
    }
  }
  return reports;
}

/** A test that cannot be read must not seem to have passed. */
function rethrow(_: string, error: unknown): never {
  throw error;
}

async function runFile(path: string, input: TestPoliciesInput, context: AppContext): Promise<PolicyTestReport[]> {
  const { trustedRoot, layouts } = input;
  const [file] = await readTexts([path]);
  const reports: PolicyTestReport[] = [];
  for (const document of parseDocuments(file?.text ?? '', path)) {
    const tests = readTestFile(document, path);
    const here = (names: readonly string[]): string[] => names.map((name) => join(dirname(path), name));
    const report = await applyToFiles(
      {
        policies: here([...tests.policies, ...tests.exceptions]),
        resources: here(tests.resources),
        ...(trustedRoot !== undefined && { trustedRoot }),
        ...(layouts !== undefined && { layouts }),
      },
      context,
    );
    reports.push({ path, name: tests.name, cases: checkExpectations(tests.expectations, report.decisions) });
  }
  return reports;
}
