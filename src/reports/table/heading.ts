import type { Result } from '../../core/index.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import type { Layout } from './layout.ts';

/** The title of a result: its target, and for language packages of which kind they are. */
export function drawHeading(result: Pick<Result, 'target' | 'class' | 'type'>, layout: Layout): string {
  const suffix = result.class === 'lang-pkgs' ? ` (${result.type})` : '';
  return drawTitle(result.target + suffix, layout);
}

/** A title that is underlined, by a rule where nothing is styled. */
export function drawTitle(text: string, { styled, paint }: Layout): string {
  const title = toVisibleLine(text);
  return styled ? `\n${paint(title, 'title')}\n\n` : `\n${title}\n${'='.repeat(Buffer.byteLength(title))}\n`;
}
