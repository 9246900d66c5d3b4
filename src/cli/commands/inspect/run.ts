import type { ImageTarget, InspectedImage } from '../../../app/index.ts';
import type { TextOption } from '../../../core/index.ts';
import { toVisibleText } from '../../../kit/visible-text.ts';
import { parsePlatform, registryOptions } from '../../../oci/index.ts';
import { imageSourcesOption, platformOption } from '../../../targets/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { wantsColour } from '../../output/colour.ts';
import { formatError } from '../../output/error.ts';

const formatOption: TextOption = {
  kind: 'text',
  flag: 'format',
  short: 'f',
  key: 'inspect.format',
  local: true,
  placeholder: 'TEMPLATE',
  description: 'Print what this Go template makes of each image, or `json` for JSON in one line',
  trust: 'any',
};

const typeOption: TextOption<'image'> = {
  kind: 'text',
  flag: 'type',
  key: 'inspect.type',
  local: true,
  allowed: ['image'],
  description: 'What is described; taken because docker takes it',
  trust: 'any',
};

/** As docker does, it prints what was found whatever else was not. */
async function run(invocation: Invocation): Promise<number> {
  const { operands, options } = invocation;
  const { inspectImages } = await import('../../../app/index.ts');
  const print = await makePrinter(invocation);
  const context = await withRegistries(invocation, ...operands.filter((operand) => !isPath(operand)));
  const targets = operands.map((operand) => toTarget(operand, options));
  const found: InspectedImage[] = [];
  for await (const result of inspectImages(targets, context)) {
    if (result.kind === 'found') found.push(result.image);
    else await tell(result.error, invocation);
  }
  await print(found);
  return found.length === targets.length ? exitCodes.clean : exitCodes.error;
}

function isPath(operand: string): boolean {
  return /^(?:\/|\.\.?\/)/.test(operand);
}

function toTarget(operand: string, options: Invocation['options']): ImageTarget {
  const platform = options.get(platformOption);
  const chosen = platform === undefined ? {} : { platform: parsePlatform(platform) };
  if (isPath(operand)) return { kind: 'archive', path: operand, ...chosen };
  return { kind: 'reference', reference: operand, sources: options.get(imageSourcesOption), ...chosen };
}

async function tell(error: unknown, { host }: Invocation): Promise<void> {
  await host.stderr.write(formatError(error, { colour: wantsColour(host.stderr, host.environment), debug: false }));
}

type Printer = (images: readonly InspectedImage[]) => Promise<void>;

/** The template is read first: one that is wrong should not cost a request. @throws CODEC_TEMPLATE_INVALID */
async function makePrinter({ options, host: { stdout } }: Invocation): Promise<Printer> {
  const format = options.get(formatOption);
  if (format === undefined || format === '') return (images) => stdout.write(`${JSON.stringify(images, null, 4)}\n`);
  if (format === 'json') return (images) => stdout.write(`${JSON.stringify(images)}\n`);
  const { dockerFunctions, parseTemplate } = await import('../../../codecs/go-template/index.ts');
  const { viewOfImage } = await import('../../../app/index.ts');
  const template = parseTemplate(format, { name: '--format', functions: dockerFunctions });
  return async (images) => {
    for (const image of images) {
      let text = '';
      template.execute(viewOfImage(image), (part) => {
        text += part;
      });
      await stdout.write(`${stdout.isTerminal ? toVisibleText(text) : text}\n`);
    }
  };
}

export const module: CommandModule = {
  options: [
    {
      id: 'inspect',
      title: 'Inspect',
      options: [formatOption, typeOption, platformOption, imageSourcesOption],
    },
    registryOptions,
  ],
  run,
};
