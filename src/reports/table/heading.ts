import type { Result } from '../../core/index.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import type { Layout } from './layout.ts';

/** The title of a result: its target, and for language packages of which kind they are. */
export function drawHeading(result: Pick<Result, 'target' | 'class' | 'type'>, { styled, paint }: Layout): string {
  const suffix = result.class === 'lang-pkgs' ? ` (${result.type})` : '';
  const title = toVisibleLine(result.target + suffix);
  return styled ? `\n${paint(title, 'title')}\n\n` : `\n${title}\n${'='.repeat(Buffer.byteLength(title))}\n`;
}
