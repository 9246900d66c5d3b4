import type { LoginAccess } from './access.ts';
import { logInWithBrowser } from './browser.ts';
import { logInAsClient } from './client-credentials.ts';
import { logInWithDevice } from './device.ts';
import { tokenOf } from './outcome.ts';

export type { LoginAccess } from './access.ts';

export type LoginFlow = 'browser' | 'device' | 'client-credentials';

type Flow = (access: LoginAccess) => Promise<{ readonly id_token?: string }>;

const flows: Readonly<Record<LoginFlow, Flow>> = {
  browser: logInWithBrowser,
  device: logInWithDevice,
  'client-credentials': logInAsClient,
};

/** An identity token of an issuer. @throws TRUST_LOGIN_*, TRUST_REDIRECT_INVALID, TRUST_ISSUER_PLAIN, NET_* */
export function logIn(flow: LoginFlow, access: LoginAccess): Promise<string> {
  return tokenOf(access.issuer, () => flows[flow](access));
}
