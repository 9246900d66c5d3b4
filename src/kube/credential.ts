import type { Clock } from '../core/index.ts';
import { readWhole } from '../disk/index.ts';
import type { KubeAccess } from './access.ts';
import { askForCredential } from './exec.ts';
import type { Lent, Presented } from './presented.ts';

/** What goes with requests at this moment; `renew` forgets what the server no longer takes. */
export interface CredentialSource {
  readonly present: () => Promise<Presented>;
  readonly renew: () => void;
}

export interface CredentialContext {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const maxToken = 64 * 1024;
/** Milliseconds after which a file or what a program said is looked at again. */
const freshFor = 60_000;

/** Who asks, looked up again each minute, before it expires, and when the server takes it no longer. */
export function credentialSource(access: KubeAccess, context: CredentialContext): CredentialSource {
  const { credential } = access;
  switch (credential.kind) {
    case 'none':
      return fixed({});
    case 'token':
      return fixed({ authorization: `Bearer ${credential.token}` });
    case 'basic': {
      const pair = Buffer.from(`${credential.username}:${credential.password}`).toString('base64');
      return fixed({ authorization: `Basic ${pair}` });
    }
    case 'certificate':
      return fixed({ client: credential });
    case 'token-file':
      return renewed(context.clock, async () => {
        const token = (await readWhole(credential.path, maxToken)).toString('utf8').trim();
        return { presented: { authorization: `Bearer ${token}` } };
      });
    case 'exec':
      return renewed(context.clock, () => askForCredential(credential, access, context.environment));
  }
}

function fixed(presented: Presented): CredentialSource {
  return { present: async () => presented, renew: () => undefined };
}

function renewed(clock: Clock, borrow: () => Promise<Lent>): CredentialSource {
  let lent: { readonly promise: Promise<Lent>; until: number } | undefined;
  const borrowAnew = (now: number): Promise<Lent> => {
    const own = { promise: borrow(), until: now + freshFor };
    lent = own;
    own.promise.then(
      ({ until }) => {
        if (until !== undefined) own.until = until.getTime() - freshFor;
      },
      () => {
        if (lent === own) lent = undefined;
      },
    );
    return own.promise;
  };
  return {
    async present() {
      const now = clock.now().getTime();
      const current = lent !== undefined && now < lent.until ? lent.promise : borrowAnew(now);
      return (await current).presented;
    },
    renew() {
      lent = undefined;
    },
  };
}
