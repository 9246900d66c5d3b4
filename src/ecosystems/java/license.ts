import { identifyLicense, normalizeLicense, recognizeLicenses } from '../../licenses/index.ts';
import type { Manifest } from './manifest.ts';
import { parsePomLicenses } from './pom.ts';

/** Licences that a `pom.xml` states: names, or where there is none, the identifier that a URL stands for. */
export function projectLicenses(pom: Buffer): string[] {
  const names = parsePomLicenses(pom).map(({ name, url }) =>
    name === '' ? identifyLicense(url) : normalizeLicense(name),
  );
  return unique(names.filter((name) => name !== undefined));
}

/** Licences of the archive as a whole: the manifest's, else those in the text of its licence file. */
export function archiveLicenses(manifest: Manifest | undefined, readText: () => Buffer | undefined): string[] {
  const stated = manifestLicenses(manifest);
  if (stated.length > 0) return stated;
  const text = readText();
  return text === undefined ? [] : recognizeLicenses(text.toString('utf8'));
}

/** A licence file at the root or in META-INF whose name is just that; those of packed-in libraries have longer names. */
export function isLicenseFile(name: string): boolean {
  return /^(?:META-INF\/)?(?:licen[cs]e|copyright)(?:\.(?!jar$|war$|ear$)[^./]*)?$/i.test(name);
}

function manifestLicenses(manifest: Manifest | undefined): string[] {
  const plugins = manifest?.pluginLicenses ?? [];
  if (plugins.length > 0) return unique(plugins.map(normalizeLicense));
  return unique(parseBundleLicense(manifest?.bundleLicense ?? ''));
}

/**
 * `Bundle-License` is a list of an identifier or URL each, with attributes (OSGi Core 8, 3.2.1.10); what is neither
 * tells nothing certain.
 */
function parseBundleLicense(header: string): string[] {
  return splitUnquoted(header, ',')
    .map((entry) => {
      const [name = '', ...attributes] = splitUnquoted(entry, ';').map((part) => part.trim());
      const link = attributes.map((attribute) => /^link\s*=(.*)$/.exec(attribute)?.[1]).find((value) => value);
      return identifyLicense(unquote(name)) ?? identifyLicense(unquote(link ?? ''));
    })
    .filter((id) => id !== undefined);
}

/** Splits where the separator is not within double quotes; there a backslash escapes. */
function splitUnquoted(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (quoted && text[at] === '\\') at++;
    else if (text[at] === '"') quoted = !quoted;
    else if (text[at] === separator && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function unquote(text: string): string {
  return text.replaceAll('"', '').trim();
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
