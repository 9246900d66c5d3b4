import type { Policy, PolicyReport } from '../policy/index.ts';
import type { AppContext } from './context.ts';
import type { ApplyPoliciesInput, PolicyTestReport, TestPoliciesInput } from './policy/input.ts';

/** What policies say of the objects of files, with the images they name looked up. @throws POLICY_*, DISK_* */
export async function applyPolicies(input: ApplyPoliciesInput, context: AppContext): Promise<PolicyReport> {
  const { applyToFiles } = await import('./policy/apply.ts');
  return applyToFiles(input, context);
}

/** The policies of files, with what is worth knowing of each. @throws POLICY_*, DISK_* */
export async function lintPolicies(paths: readonly string[]): Promise<readonly Policy[]> {
  const { readPolicies } = await import('./policy/apply.ts');
  return readPolicies(paths);
}

/** Holds policies to what their test files expect. @throws POLICY_*, DISK_* */
export async function testPolicies(input: TestPoliciesInput, context: AppContext): Promise<PolicyTestReport[]> {
  const { testFiles } = await import('./policy/test.ts');
  return testFiles(input, context);
}

/** The policies of a file in another dialect, as YAML. @throws POLICY_NOT_CONVERTIBLE, POLICY_*, DISK_* */
export async function convertPolicyFile(path: string, to: string): Promise<string> {
  const { convertFile } = await import('./policy/convert.ts');
  return convertFile(path, to);
}
