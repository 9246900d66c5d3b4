import { createHash } from 'node:crypto';
import type { RenderOptions, Report } from '../report.ts';
import { script, style } from './browser-bundle.ts';
import { Markup, markup } from './markup.ts';

/**
 * Nothing is loaded, sent or framed, and of what the page holds only our script and style count, by their digests
 * (Content Security Policy Level 3, section 8.4): text that became markup in spite of everything could do nothing.
 */
const policy = [
  "default-src 'none'",
  `script-src '${digestOf(script)}'`,
  `style-src '${digestOf(style)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The line to which a hull may sink; in the address, so that no browser asks for a picture of the site. */
const icon =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#0b6e99" stroke-width="2">' +
      '<circle cx="8" cy="8" r="5"/><path d="M0 8h16"/></svg>',
  );

export function openPage({ artifact, verdict }: Report): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${verdict.result.toUpperCase()}: ${artifact.name}</title>
<link rel="icon" href="${icon}">
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
`;
}

export function closePage({ reportId }: Report, { dialect, programVersion }: RenderOptions): Markup {
  const program = dialect === 'plimsoll' ? 'Plimsoll' : 'Trivy';
  return markup`</main>
<footer>
<p>Made by ${program} ${programVersion}. Report <span class="mono">${reportId}</span>. This page asks nothing of the network.</p>
</footer>
<script>${new Markup(script)}</script>
</body>
</html>
`;
}

function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
