import type { TextOption } from '../core/index.ts';
import { toVisibleLine } from '../kit/visible-text.ts';

/** The shared library of the maker of a token. */
export const modulePathOption: TextOption = {
  kind: 'text',
  flag: 'module-path',
  key: 'pkcs11.module-path',
  local: true,
  environment: ['COSIGN_PKCS11_MODULE_PATH'],
  placeholder: 'FILE',
  description: 'The PKCS #11 module, a shared library; its whole path',
  trust: 'trusted',
};

/** A line of what is listed under a heading; tokens name themselves, so that anything may stand there. */
export function detailLine(name: string, value: string): string {
  return `\t${name}: ${toVisibleLine(value)}`;
}
