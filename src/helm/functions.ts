import { stringify } from 'yaml';
import { callError, exactly, type FunctionMap, type TemplateFunction, toPlain } from '../codecs/go-template/index.ts';

/** What Helm adds to sprig, as far as it is here. */
export const helmFunctions: FunctionMap = new Map<string, TemplateFunction>([
  ['toYaml', exactly(1, (args) => toYaml(toPlain(args.value(0))))],
  [
    'required',
    exactly(2, (args) => {
      const value = args.value(1);
      if (value === undefined || value === '') throw callError(args.text(0));
      return value;
    }),
  ],
]);

/** Text of YAML that readers of version 1.1, as Kubernetes has them, and of 1.2 take for the same. */
export function toYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0, indentSeq: false, aliasDuplicateObjects: false }).trimEnd();
}
