import { resolve } from 'node:path';
import { readWhole } from '../disk/index.ts';
import { type RenderOptions, templateOption } from '../reports/index.ts';
import type { Invocation } from './command.ts';

const maxTemplateSize = 4 * 2 ** 20;

/** The template that was asked for: the file behind an `@`, or the text itself. @throws DISK_NOT_FOUND */
export async function readTemplate({
  options,
  host,
}: Pick<Invocation, 'options' | 'host'>): Promise<RenderOptions['template']> {
  const given = options.get(templateOption);
  if (given === undefined) return undefined;
  const { environment } = host;
  if (!given.startsWith('@')) return { name: '--template', text: given, environment };
  const path = given.slice(1);
  const bytes = await readWhole(resolve(host.workingDirectory, path), maxTemplateSize);
  return { name: path, text: bytes.toString('utf8'), environment };
}
