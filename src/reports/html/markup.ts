import { toVisibleLine } from '../../kit/visible-text.ts';

/** Text that is markup; every other text is escaped when it is put into one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | false | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup from a template of our own, in which whatever is filled in stays text, in elements and in quoted attributes. */
export function markup(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const filled = contents.map((content, index) => `${textOf(content)}${template[index + 1]}`);
  return new Markup(`${template[0]}${filled.join('')}`);
}

function textOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return toVisibleLine(String(content)).replace(/[&<>"']/g, (char) => entities[char] ?? '');
}
