import { toVisibleText } from '../../kit/visible-text.ts';
import { escapeXml } from '../../kit/xml-text.ts';

/** One test case; without an outcome it passed. */
export interface Case {
  readonly className: string;
  readonly name: string;
  readonly file?: string;
  readonly outcome?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly message: string;
    readonly type: string;
    readonly text: string;
  };
}

export function drawCase({ className, name, file, outcome }: Case): string {
  const start = `        <testcase${attributes({ classname: className, name, file, time: 0 })}>`;
  if (outcome === undefined) return `${start}</testcase>\n`;
  const { kind, message, type, text } = outcome;
  return `${start}\n            <${kind}${attributes({ message, type })}>${escaped(text)}</${kind}>\n        </testcase>\n`;
}

/** Attributes with a space before each; what is undefined is left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escaped(String(value))}"`))
    .join('');
}

function escaped(text: string): string {
  return escapeXml(toVisibleText(text));
}
