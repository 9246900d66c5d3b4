import { normalizeLicense } from './normalize.ts';
import { splitLicenses } from './split.ts';

const commonLicense = /usr\/share\/common-licenses\/([0-9A-Za-z_.+-]*[0-9A-Za-z+])/;

/**
 * The licences that a Debian copyright file names, each once: by the `License` fields of the machine-readable form
 * (debian.org/doc/packaging-manuals/copyright-format/1.0) and by references to `/usr/share/common-licenses/`
 * (Debian Policy 12.5).
 */
export function parseCopyright(text: string): string[] {
  const licenses = new Set<string>();
  for (const line of text.split('\n')) {
    if (line.startsWith('License:')) {
      for (const name of splitLicenses(line.slice('License:'.length).trim())) licenses.add(normalizeLicense(name));
    } else if (line.includes('/usr/share/common-licenses/')) {
      const name = commonLicense.exec(line)?.[1];
      if (name !== undefined && name.length > 1) licenses.add(normalizeLicense(name));
    }
  }
  return [...licenses];
}
