const mask = '***';

/** Removes passwords and tokens that text may carry: URL user info, bearer and basic credentials, secret query values. */
export function redact(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${mask}@`)
    .replace(/\b(Bearer|Basic)\s+[\w+/=.~-]{6,}/gi, `$1 ${mask}`)
    .replace(
      /([?&](?:token|access_token|refresh_token|password|secret|sig|signature|x-amz-[\w-]+)=)[^&\s]+/gi,
      `$1${mask}`,
    );
}
