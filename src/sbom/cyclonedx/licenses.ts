import { createHash } from 'node:crypto';
import { identifyLicense, licenseTextPrefix, toLicenseExpression } from '../../licenses/index.ts';
import { joinExpressions } from '../expressions.ts';
import { type Json, objectOf, objectsOf, textOf } from '../json.ts';

/**
 * Licences as CycloneDX lists them: one expression where all of them can be expressed and one is more than an
 * identifier, else each by identifier, name or text (the schema has no list of several expressions before 1.7).
 */
export function writeLicenses(licenses: readonly string[]): Json[] {
  const expressions = licenses.map((license) => toLicenseExpression(license));
  const isCompound = expressions.some((expression) => expression !== undefined && !isIdentifier(expression));
  if (isCompound && expressions.every((expression) => expression !== undefined)) {
    return [{ expression: joinExpressions(expressions) }];
  }
  return licenses.map((license, index) => ({ license: writeLicense(license, expressions[index]) }));
}

function writeLicense(license: string, expression: string | undefined): Json {
  if (license.startsWith(licenseTextPrefix)) {
    const content = license.slice(licenseTextPrefix.length);
    const name = `LicenseRef-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
    return { name, text: { content } };
  }
  return expression !== undefined && isIdentifier(expression) ? { id: expression } : { name: expression ?? license };
}

/** True for what the licence list of SPDX has as it is. */
function isIdentifier(expression: string): boolean {
  return !/[\s()]/.test(expression) && identifyLicense(expression) === expression;
}

/** Licences from a `licenses` list of any version. */
export function readLicenses(value: unknown): string[] {
  return objectsOf(value).flatMap((choice) => {
    const { id, name, text } = objectOf(choice['license']);
    const content = textOf(objectOf(text)['content']);
    const isText = content !== undefined && textOf(name)?.startsWith('LicenseRef-');
    const license = isText
      ? `${licenseTextPrefix}${content}`
      : (textOf(choice['expression']) ?? textOf(id) ?? textOf(name));
    return license === undefined ? [] : [license];
  });
}
