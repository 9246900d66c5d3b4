interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** The service account that a user name stands for; of another name both parts are empty. */
export function serviceAccountOf(username: string): ServiceAccount {
  const [, namespace = '', name = ''] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(username) ?? [];
  return { namespace, name };
}
