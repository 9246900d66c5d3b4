import { type BuiltImage, buildImage } from '../../../testkit/image.ts';
import type { TarEntrySpec } from '../../../testkit/tar.ts';
import { makeZip } from '../../../testkit/zip.ts';

/** The base: what a package manager of Alpine leaves behind. */
const system: readonly TarEntrySpec[] = [
  { path: 'etc/os-release', content: 'ID=alpine\nNAME="Alpine Linux"\nVERSION_ID=3.22.1\n' },
  { path: 'etc/alpine-release', content: '3.22.1\n' },
  {
    path: 'lib/apk/db/installed',
    content: [
      apk('mooring-libs', '1.4.2-r0', 'mooring', 'MIT'),
      apk('mooring-tools', '1.4.2-r0', 'mooring', 'MIT'),
      apk('harbour-ssl', '3.0.9-r1', 'harbour-ssl', 'Apache-2.0'),
      apk('quay', '0.9.1-r2', 'quay', 'BSD-3-Clause'),
    ].join('\n'),
  },
];

/** What npm and pip leave behind. */
const dependencies: readonly TarEntrySpec[] = [
  npm('ballast', '2.1.0'),
  npm('plumb-line', '0.4.7'),
  npm('bilge-pump', '1.0.0'),
  {
    path: 'usr/lib/python3.13/site-packages/tidetable-5.2.0.dist-info/METADATA',
    content: 'Metadata-Version: 2.1\nName: tidetable\nVersion: 5.2.0\nLicense: MIT\n\nTides.\n',
  },
];

/** The application, with a Java archive in it. */
const application: readonly TarEntrySpec[] = [
  {
    path: 'app/lib/cargo-manifest-1.7.3.jar',
    content: makeZip([
      { name: 'META-INF/MANIFEST.MF', content: 'Manifest-Version: 1.0\r\n\r\n' },
      {
        name: 'META-INF/maven/org.example/cargo-manifest/pom.properties',
        content: 'groupId=org.example\nartifactId=cargo-manifest\nversion=1.7.3\n',
      },
    ]),
  },
  { path: 'app/server.js', content: "console.log('ready');\n" },
];

/** An image of three layers, made of package metadata alone. */
export function makeTaskApi(): BuiltImage {
  return buildImage({ layers: [system, dependencies, application] });
}

/** An image that nobody signs. */
export function makeUnsigned(): BuiltImage {
  return buildImage({ layers: [[{ path: 'app/server.js', content: "console.log('who made me?');\n" }]] });
}

function apk(name: string, version: string, origin: string, licence: string): string {
  return `P:${name}\nV:${version}\nA:x86_64\no:${origin}\nL:${licence}\n`;
}

function npm(name: string, version: string): TarEntrySpec {
  const content = JSON.stringify({ name, version, license: 'MIT' });
  return { path: `app/node_modules/${name}/package.json`, content };
}
