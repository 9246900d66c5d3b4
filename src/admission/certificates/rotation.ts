import { X509Certificate } from 'node:crypto';
import { isAddress } from './address.ts';
import { issueServing, type KeyedCertificate, makeAuthority, type Span } from './x509.ts';

/** Certificates of an admission server, all in PEM. */
export interface ServingState {
  readonly authority: KeyedCertificate;
  /** What is served with. */
  readonly serving: KeyedCertificate;
  /** Takes the authority's place once whoever asks trusts it. */
  readonly next?: KeyedCertificate;
  /** Authorities from before, trusted until they expire. */
  readonly former: readonly string[];
}

export interface RotationContext {
  readonly now: Date;
  /** DNS names and addresses that the server is asked by. */
  readonly names: readonly string[];
  /** Whether everybody who asks has trusted these authorities for a while. */
  readonly isTrusted: (authority: string) => boolean;
}

const day = 86_400_000;
/** Milliseconds: how long certificates are valid, and how long before the end of that they are replaced. */
export const lifetimes: Readonly<Record<'authority' | 'authorityRenewal' | 'serving' | 'servingRenewal', number>> = {
  authority: 365 * day,
  authorityRenewal: 120 * day,
  serving: 90 * day,
  servingRenewal: 30 * day,
};
/** Clocks differ. */
const skew = 300_000;

/**
 * What certificates should be at a moment; the same value when they are right. A new authority is trusted by those who ask before
 * anything is served with it, and the one before stays trusted, so that at no moment somebody meets a certificate that he does not know.
 */
export function rotate(state: ServingState | undefined, context: RotationContext): ServingState {
  if (state === undefined) return begin(context);
  const { now, names, isTrusted } = context;
  if (isExpired(state.authority.certificate, now)) return { ...begin(context), former: [] };
  const { next } = state;
  if (next !== undefined && isTrusted(next.certificate)) {
    const former = [...state.former, state.authority.certificate].filter((one) => !isExpired(one, now));
    return { authority: next, serving: serve(next, context), former };
  }
  const isRight = endsAfter(state.serving.certificate, now, lifetimes.servingRenewal) && hasNames(state.serving, names);
  const serving = isRight ? state.serving : serve(state.authority, context);
  const isOld = !endsAfter(state.authority.certificate, now, lifetimes.authorityRenewal);
  const needed = isOld && next === undefined ? { next: makeAuthority(spanOf(now, lifetimes.authority)) } : {};
  const former = state.former.filter((one) => !isExpired(one, now));
  const isSame = isRight && needed.next === undefined && former.length === state.former.length;
  return isSame ? state : { ...state, ...needed, serving, former };
}

/** Every authority that whoever asks must trust. */
export function bundleOf({ authority, next, former }: ServingState): string {
  return [...former, authority.certificate, ...(next === undefined ? [] : [next.certificate])].join('');
}

function begin(context: RotationContext): ServingState {
  const authority = makeAuthority(spanOf(context.now, lifetimes.authority));
  return { authority, serving: serve(authority, context), former: [] };
}

/** A certificate never outlives its authority. */
function serve(authority: KeyedCertificate, { now, names }: RotationContext): KeyedCertificate {
  const { from, until } = spanOf(now, lifetimes.serving);
  const end = new X509Certificate(authority.certificate).validToDate;
  const earlier = Math.min(end.getTime(), until.getTime());
  return issueServing(authority, names, { from, until: new Date(earlier) });
}

function spanOf(now: Date, milliseconds: number): Span {
  return { from: new Date(now.getTime() - skew), until: new Date(now.getTime() + milliseconds) };
}

function isExpired(certificate: string, now: Date): boolean {
  return !endsAfter(certificate, now, 0);
}

function endsAfter(certificate: string, now: Date, milliseconds: number): boolean {
  return new X509Certificate(certificate).validToDate.getTime() > now.getTime() + milliseconds;
}

function hasNames({ certificate }: KeyedCertificate, names: readonly string[]): boolean {
  const held = new X509Certificate(certificate);
  return names.every((name) => (isAddress(name) ? held.checkIP(name) : held.checkHost(name)) !== undefined);
}
