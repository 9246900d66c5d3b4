import type { RenderOptions } from '../report.ts';
import { makePaint, type Paint } from './style.ts';

/** How the tables of one report are drawn. */
export interface Layout {
  readonly columns: number | undefined;
  readonly paint: Paint;
  /** True when titles are styled; otherwise they are underlined. */
  readonly styled: boolean;
}

export function toLayout({ columns, colour }: RenderOptions): Layout {
  return { columns, paint: makePaint(colour), styled: colour };
}
