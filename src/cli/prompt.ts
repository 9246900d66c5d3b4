import { collectBytes } from '../kit/collect.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';

const maxPasswordSize = 64 * 1024;
const maxAnswerSize = 1024;

/**
 * The password of a private key: COSIGN_PASSWORD, else typed at the terminal (twice for a new key), else all that the
 * standard input holds. An empty one is a password too. @throws CLI_PASSWORDS_DIFFER, CLI_INPUT_TOO_LARGE, CLI_INTERRUPTED
 */
export async function askPassword(host: Host, { twice = false }: { readonly twice?: boolean } = {}): Promise<Buffer> {
  const given = host.environment['COSIGN_PASSWORD'];
  if (given !== undefined) return Buffer.from(given);
  if (host.typeSecret === undefined) return readPiped(host);
  const password = await typeAfter(host, 'Enter password for private key: ', host.typeSecret);
  if (!twice) return Buffer.from(password);
  const again = await typeAfter(host, 'Enter password for private key again: ', host.typeSecret);
  if (again !== password) throw cliError('CLI_PASSWORDS_DIFFER');
  return Buffer.from(password);
}

/** What a person types after a question, without its being shown. */
export async function typeAfter(
  { stderr }: Pick<Host, 'stderr'>,
  question: string,
  type: () => Promise<string>,
): Promise<string> {
  await stderr.write(question);
  const text = await type();
  await stderr.write('\n');
  return text;
}

async function readPiped(host: Host): Promise<Buffer> {
  const bytes = await collectBytes(host.stdin(), maxPasswordSize);
  if (bytes === undefined) throw cliError('CLI_INPUT_TOO_LARGE', { data: { limit: maxPasswordSize } });
  return bytes;
}

/** Goes on only when the answer is "y". @throws CLI_DECLINED, CLI_ANSWER_INVALID */
export async function confirm(host: Host): Promise<void> {
  await host.stderr.write('Are you sure you would like to continue? [y/N] ');
  const answer = await readLine(host.stdin());
  if (answer.toLowerCase() === 'y') return;
  if (answer === '' || answer.toLowerCase() === 'n') throw cliError('CLI_DECLINED');
  throw cliError('CLI_ANSWER_INVALID', { data: { answer } });
}

async function readLine(input: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('\n') || text.length > maxAnswerSize) break;
  }
  return text.split(/\r?\n/)[0]?.slice(0, maxAnswerSize) ?? '';
}
