/** Numbers of PKCS #11 2.40 that are used here. */
export const attributes = {
  class: 0x0,
  label: 0x3,
  value: 0x11,
  keyType: 0x100,
  id: 0x102,
  modulus: 0x120,
  publicExponent: 0x122,
  ecParameters: 0x180,
  ecPoint: 0x181,
  alwaysAuthenticate: 0x202,
} as const;

export const classes = { certificate: 1, publicKey: 2, privateKey: 3 } as const;
export const keyTypes = { rsa: 0, ec: 3 } as const;
export const mechanisms = { rsaPkcs: 0x1, ecdsa: 0x1041 } as const;
export const users = { user: 1, contextSpecific: 2 } as const;
/** CKF_SERIAL_SESSION */
export const serialSession = 4;
/** CKF_LOGIN_REQUIRED */
export const loginRequired = 4;
