import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const path = '/usr/bin/chromium';

/** Says in words why nothing is tested where there is no Chromium, and fails there under REQUIRE_PEERS. */
export const skipReason: string | undefined = existsSync(path) ? undefined : `there is no ${path}`;
if (skipReason !== undefined && process.env['REQUIRE_PEERS'] === '1') expect.fail(skipReason);
if (skipReason !== undefined) process.stdout.write(`Nothing was tested in a browser: ${skipReason}\n`);

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page with everything that it asked of the network, and everything that it complained about. */
export interface OpenedPage {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/** Opens a file as a person would who was sent it. */
export async function openFile(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const address = `file://${file.replace(/#.*/, '')}`;
  page.on('request', (request) => request.url().replace(/#.*/, '') !== address && requests.push(request.url()));
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`file://${file}`);
  return { page, requests, complaints };
}
