import { quickstartError } from './errors.ts';

/** @throws QUICKSTART_STEP_FAILED when a command ends with another exit code than it should */
export async function expectCode(step: string, wanted: number, code: Promise<number>): Promise<void> {
  const found = await code;
  if (found !== wanted) throw quickstartError('QUICKSTART_STEP_FAILED', { data: { step, found, wanted } });
}
