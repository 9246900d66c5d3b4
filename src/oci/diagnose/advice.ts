import type { CredentialLookup } from '../credentials/stored.ts';
import type { PlaceReport } from './diagnose.ts';
import { clockSkew, rateLimits, shareLeft } from './facts.ts';

export interface AdviceInput {
  readonly places: readonly PlaceReport[];
  readonly now: Date;
}

/** Seconds by which tokens and certificates are judged wrongly. */
const maxSkew = 60;
const soon = 14 * 86_400_000;

/** What to do next, the most urgent first; empty when there is nothing to do. */
export function advise({ places, now }: AdviceInput): string[] {
  const works = places.some(({ digest }) => digest !== undefined);
  const advice = [
    ...places.filter(({ isMirror }) => !isMirror || !works).flatMap((place) => failureAdvice(place)),
    ...places.filter(({ isMirror }) => isMirror && works).flatMap(mirrorAdvice),
    ...places.flatMap(skewAdvice),
    ...places.flatMap((place) => certificateAdvice(place, now)),
    ...places.flatMap(limitAdvice),
    ...places.flatMap(({ lookups }) => lookups.flatMap(lookupAdvice)),
  ];
  return [...new Set(advice)];
}

function failureAdvice({ host, error, login, tls }: PlaceReport): string[] {
  if (error === undefined) return [];
  switch (error.code) {
    case 'OCI_UNAUTHORIZED':
      return login === undefined
        ? [
            `Log in: \`docker login ${host}\`. If the image is public, check its name: registries answer so for names that do not exist.`,
          ]
        : [
            `The login for ${host} is refused: it may be expired or for another account. Log in again: \`docker login ${host}\`.`,
          ];
    case 'NET_TLS':
      return [
        tlsAdvice(
          host,
          tls.find((each) => each.host === host),
        ),
        error.hint,
      ];
    default:
      return [`${host}: ${error.hint}`];
  }
}

/** What the certificates say about why they are not trusted. */
function tlsAdvice(host: string, report: PlaceReport['tls'][number] | undefined): string {
  if (report === undefined || !('chain' in report)) return `Look at the certificates of ${host}.`;
  const last = report.chain.at(-1);
  switch (report.reason) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${host} ended at ${report.chain[0]?.validTo}: its operator has to renew it, or this machine's clock is wrong.`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} begins at ${report.chain[0]?.validFrom}: check this machine's clock.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${host} is for other names: ${report.chain[0]?.names ?? 'none'}. Use one of them.`;
    default:
      return `Nobody whom this machine trusts vouches for ${host}; its certificate comes from "${last?.issuer ?? 'nobody'}". If that authority is yours, give its certificate with --cacert.`;
  }
}

function mirrorAdvice({ host, error }: PlaceReport): string[] {
  if (error === undefined) return [];
  return [`The mirror ${host} does not help: ${error.message}. Mend it, or take it out of registry.mirrors.`];
}

function skewAdvice({ host, exchanges }: PlaceReport): string[] {
  const skew = clockSkew(exchanges) ?? 0;
  if (Math.abs(skew) <= maxSkew) return [];
  const words = skew > 0 ? 'ahead of' : 'behind';
  return [
    `This machine's clock is ${Math.abs(skew)} s ${words} that of ${host}: set it, as tokens and certificates depend on it.`,
  ];
}

function certificateAdvice({ tls }: PlaceReport, now: Date): string[] {
  return tls.flatMap((report) => {
    const [own] = 'chain' in report ? report.chain : [];
    if (own === undefined || !('trusted' in report) || !report.trusted) return [];
    if (!(Date.parse(own.validTo) - now.getTime() <= soon)) return [];
    return [`The certificate of ${report.host} ends at ${own.validTo}.`];
  });
}

function limitAdvice({ host, exchanges, login }: PlaceReport): string[] {
  const left = shareLeft(rateLimits(exchanges));
  if (left === undefined || left > 0.1) return [];
  const more = login === undefined ? 'log in for a higher limit, or ' : '';
  return [`Few requests are left at ${host}: ${more}use a mirror (registry.mirrors).`];
}

function lookupAdvice({ path, outcome, reason }: CredentialLookup): string[] {
  return outcome === 'failed' ? [`The logins of ${path} cannot be used: ${reason}.`] : [];
}
