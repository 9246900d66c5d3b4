import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { openBrowser } from './index.ts';

function script(directory: string, name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('the address is one word, whatever it holds', async () => {
  const directory = temporaryDirectory();
  const seen = join(directory, 'seen');
  const browser = script(directory, 'xdg-open', `echo "$#" "$1" > ${seen}`);
  const url = 'https://issuer.example.com/auth?a=b&c=$(touch x);d';
  for (const environment of [{ BROWSER: browser }, { PATH: `${directory}:/usr/bin:/bin` }]) {
    expect(await openBrowser(url, { environment, platform: 'linux' })).toBe(true);
    await vi.waitFor(() => expect(readFileSync(seen, 'utf8')).toBe(`1 ${url}\n`));
    writeFileSync(seen, '');
  }
});

test('a browser that is not there, fails, or is asked for what is no page', async () => {
  const open = (url: string, environment: Record<string, string>, platform = 'linux') =>
    openBrowser(url, { environment, platform });
  const url = 'https://issuer.example.com';
  for (const platform of ['linux', 'darwin', 'win32']) {
    expect(await open(url, { PATH: temporaryDirectory() }, platform)).toBe(false);
  }
  expect(await open(url, { BROWSER: script(temporaryDirectory(), 'broken', 'exit 3') })).toBe(false);
  const other = temporaryDirectory();
  script(other, 'xdg-open', 'exit 0');
  expect(await open(url, { BROWSER: 'no-such-browser', PATH: `${other}:/usr/bin:/bin` })).toBe(true);
  const browser = script(temporaryDirectory(), 'any', 'exit 0');
  expect(await open('file:///etc/passwd', { BROWSER: browser })).toBe(false);
  expect(await open('--help', { BROWSER: browser })).toBe(false);
});

test('a browser that stays open is one that was opened', async () => {
  expect(
    await openBrowser('http://localhost/', {
      environment: { BROWSER: script(temporaryDirectory(), 'stays', 'exec sleep 3') },
      platform: 'linux',
    }),
  ).toBe(true);
});
