import { readWhole, writeOutput } from '../../disk/index.ts';
import { formatBundle, parseStatement } from '../../envelope/index.ts';
import type { Artifact } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import type { SignBundleInput } from './input.ts';
import { openSession } from './session.ts';

const maxArtifact = 2048 * 2 ** 20;

/** Signs a file, verifies the result, and writes it as a bundle. @throws DISK_*, TRUST_*, NET_*, VERIFY_* */
export async function signFile(input: SignBundleInput, context: AppContext): Promise<void> {
  const bytes = await readWhole(input.path, maxArtifact);
  const session = await openSession(input, input.kind, context);
  const content =
    input.kind === 'artifact'
      ? ({ kind: 'artifact', bytes } as const)
      : ({ kind: 'statement', bytes, about: subjectOf(bytes) } as const);
  await writeOutput(input.bundle, `${formatBundle(await session.sign(content))}\n`);
}

/** A statement was made about something that need not be here: its first subject stands for it. */
export function subjectOf(statement: Buffer): Artifact {
  const [subject] = parseStatement(statement).subjects;
  return { digest: (algorithm) => subject?.digest[algorithm] };
}
