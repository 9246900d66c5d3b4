import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { CredentialLookup, DiagnosedPlace, Diagnosis } from '../../../oci/index.ts';

type Row = readonly [title: string, ...lines: string[]];

const titleWidth = 11;
const blank: Row = ['', ''];

/** What was found out, for people: a block for each place, and what to do. */
export function formatDiagnosis({ reference, digest, places, advice }: Diagnosis): string {
  const rows: Row[] = [
    ['Image', reference],
    ['Result', digest === undefined ? 'it cannot be had' : `it is there: ${digest}`],
    ...places.flatMap((place, index) => placeRows(place, index)),
    blank,
    [
      'Next',
      ...(advice.length === 0 ? ['Nothing: all is well.'] : advice.map((line, index) => `${index + 1}. ${line}`)),
    ],
  ];
  return rows.map(formatRow).join('');
}

function formatRow([title, ...lines]: Row): string {
  return lines
    .map((line, index) => `${(index === 0 ? title : '').padEnd(titleWidth)} ${toVisibleLine(line)}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}

function placeRows(place: DiagnosedPlace, index: number): Row[] {
  const { host, repository, isMirror, digest, error, proxy, rateLimits } = place;
  const outcome = digest === undefined ? (error?.message ?? 'no answer') : 'it is here';
  const rows: Row[] = [
    blank,
    [`Place ${index + 1}`, `${host}/${repository} (${isMirror ? 'mirror' : 'the registry itself'})`, outcome],
    ['Proxy', proxy ?? 'none'],
    ['Logins', ...loginLines(place)],
    ['Requests', ...place.exchanges.flatMap(exchangeLines)],
    ['TLS', ...place.tls.flatMap(tlsLines)],
    ['Clock', clockLine(place)],
    ['Limits', ...rateLimits.map(({ name, value, host: at }) => `${name}: ${value}${at === host ? '' : ` (${at})`}`)],
  ];
  return rows.map(([title, ...lines]) => [title, ...(lines.length === 0 ? ['none'] : lines)]);
}

function loginLines({ lookups }: DiagnosedPlace): string[] {
  return lookups.map((lookup) => `${lookup.path}: ${loginWords(lookup)}`);
}

function loginWords({ outcome, kind, helper, reason }: CredentialLookup): string {
  const by = helper === undefined ? '' : ` (helper docker-credential-${helper})`;
  switch (outcome) {
    case 'found':
      return `a login (${kind})${by}`;
    case 'none':
      return `no login for this place${by}`;
    case 'absent':
      return 'not there';
    case 'unasked':
      return 'not asked, as there was a login before';
    case 'failed':
      return `cannot be used: ${reason}`;
  }
}

function exchangeLines({
  method,
  url,
  login,
  status,
  milliseconds,
  headers,
  error,
}: DiagnosedPlace['exchanges'][number]): string[] {
  const sent = login === undefined ? 'without a login' : `with a login (${login})`;
  const answer = status === undefined ? (error?.message ?? 'no answer') : `${status}`;
  return [
    `${method} ${url} ${sent}: ${answer}, ${milliseconds} ms`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ];
}

function tlsLines(report: DiagnosedPlace['tls'][number]): string[] {
  if (!('chain' in report)) return [`${report.host}: ${report.message}`];
  const { host, protocol = 'TLS', trusted, reason, chain } = report;
  return [
    `${host}: ${protocol}, ${trusted ? 'trusted' : `not trusted: ${reason}`}`,
    ...chain.map(
      ({ subject, issuer, validFrom, validTo }) =>
        `  ${subject} by ${issuer}, ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}`,
    ),
  ];
}

function clockLine({ clockSkew }: DiagnosedPlace): string {
  if (clockSkew === undefined) return 'the server did not state its time';
  if (clockSkew === 0) return 'as the server has it';
  return `${Math.abs(clockSkew)} s ${clockSkew > 0 ? 'ahead of' : 'behind'} the server`;
}
