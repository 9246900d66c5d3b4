import { type UploadedFile, uploadBlobs } from '../../../app/index.ts';
import {
  contentTypeOption,
  uploadAnnotationsOption,
  uploadFilesOption,
  uploadOptions,
} from '../../../evidence/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import { toAnnotations } from '../../annotations.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [reference = ''] = operands;
  const files = readFiles(invocation);
  const mediaType = options.get(contentTypeOption);
  const annotations = toAnnotations(options.get(uploadAnnotationsOption));
  const context = await withRegistries(invocation, reference);
  const input = { reference, files, annotations, ...(mediaType !== undefined && { mediaType }) };
  const { name, tagged, files: uploaded } = await uploadBlobs(input, context);
  for (const { path, mediaType: type, address } of uploaded) {
    await host.stderr.write(`Uploading file from [${path}] to [${tagged}] with media type [${type}]\n`);
    await host.stderr.write(`File [${path}] is available directly at [${address}]\n`);
  }
  if (files.length > 1) await host.stderr.write(`Uploading multi-platform index to ${name}\n`);
  else {
    await host.stderr.write('Uploaded image to:\n');
    await host.stdout.write(`${name}\n`);
  }
  return exitCodes.clean;
}

/** `PATH[:OS[/ARCHITECTURE]]`, as cosign reads it. @throws CLI_USAGE */
function readFiles({ options, descriptor, dialect }: Invocation): UploadedFile[] {
  const refuse = (reason: string): Error =>
    cliError('CLI_USAGE', { data: { reason, command: commandLine(descriptor, dialect) } });
  const given = options.get(uploadFilesOption);
  if (given.length === 0) throw refuse('there is no file; name it with --files');
  return given.map((text) => {
    const [path = '', platform] = text.split(':');
    if (platform === undefined && given.length > 1) {
      throw refuse(`each file must include a unique platform, ${path} had no platform`);
    }
    const [os = '', architecture = ''] = platform?.split('/') ?? [];
    return { path, ...(platform !== undefined && { platform: { os, architecture } }) };
  });
}

export const module: CommandModule = { options: [uploadOptions, registryOptions], run };
