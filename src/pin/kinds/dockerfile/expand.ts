import { pinError } from '../../errors.ts';

/** `$NAME`, `${NAME}`, and with what stands in for a value (Dockerfile reference, "Environment replacement"). */
const variable = /\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^${}]*))?\})/g;

const maxLength = 4096;

/** A text with the values of its variables. @throws PIN_IMAGE_UNKNOWN for a variable without one, or too long a text */
export function expand(text: string, lookUp: (name: string) => string | undefined): string {
  const fail = (reason: string): never => {
    throw pinError('PIN_IMAGE_UNKNOWN', { data: { text: text.slice(0, 100), reason } });
  };
  if (text.length > maxLength) fail('it is too long');
  const rest = text.replace(variable, '');
  if (/[$\\]/.test(rest)) fail('it is written in a way that is not understood');
  const expanded = text.replace(variable, (_, short: string | undefined, long: string, how = '', word = '') => {
    const name = short ?? long;
    const value = lookUp(name);
    const isThere = how.startsWith(':') ? Boolean(value) : value !== undefined;
    if (how.endsWith('+')) return isThere ? word : '';
    if (how.endsWith('-')) return isThere ? (value ?? '') : word;
    return value ?? fail(`is the build argument ${name} missing from the environment?`);
  });
  if (expanded.length > maxLength) fail('it is too long');
  return expanded;
}
