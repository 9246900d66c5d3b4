import { isAppError } from '../core/index.ts';
import { chooseDialect, type DialectId } from './dialect.ts';
import { cosignCodes, exitCodes } from './exit-codes.ts';
import { type Host, processHost } from './host.ts';
import { wantsColour } from './output/colour.ts';
import { formatError } from './output/error.ts';
import { parseArguments } from './parse.ts';
import { runCommand } from './session.ts';
import { programVersion } from './version.ts';

/** Runs the command line of this process. */
export function runProcess(): Promise<number> {
  const host = processHost();
  // What fails where nobody waits for it would else end in a stack trace.
  process.on('uncaughtException', (error) => {
    const style = { colour: false, debug: wantsDebug(host.args, host.environment) };
    void host.stderr.write(formatError(error, style)).then(() => process.exit(exitCodes.error));
  });
  return runProgram(host);
}

/** Runs one command line; resolves to the exit code once everything is written. */
export async function runProgram(host: Host): Promise<number> {
  const { dialect, args } = chooseDialect(host.programName, host.args);
  const style = {
    colour: wantsColour(host.stderr, host.environment),
    debug: wantsDebug(args, host.environment) || (dialect.id === 'crane' && wantsVerbose(args)),
    ...(dialect.id !== 'plimsoll' && dialect.id !== 'trivy' && { as: dialect.id }),
  };
  try {
    const columns = host.stdout.columns;
    const asked = await parseArguments(args, { dialect, columns, version: programVersion });
    if (asked.kind === 'command') return await runCommand(asked, dialect, host);
    await host.stdout.write(asked.text);
    return exitCodes.clean;
  } catch (error) {
    await host.stderr.write(formatError(error, style));
    return exitCodeOfError(error, dialect.id);
  }
}

/** Errors are shown in full where they happen before the options are known, too. */
function wantsDebug(args: readonly string[], environment: Host['environment']): boolean {
  const variables = [environment['PLIMSOLL_DEBUG'], environment['TRIVY_DEBUG']];
  return (
    args.some((arg) => arg === '--debug' || arg === '-d') ||
    variables.some((value) => value === 'true' || value === '1')
  );
}

function wantsVerbose(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--verbose' || arg === '-v');
}

function exitCodeOfError(error: unknown, dialect: DialectId): number {
  if (dialect === 'cosign' && isAppError(error, 'CLI_IMAGE_TAG_NOT_FOUND')) return cosignCodes.tagNotFound;
  if (!isAppError(error, 'CLI_INTERRUPTED')) return exitCodes.error;
  return error.data['signal'] === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
}
