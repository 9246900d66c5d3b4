/** Systems that cosign asks by itself, and we by a program only. */
export const notBuiltIn: Readonly<Record<string, string>> = {
  azurekms: 'Azure Key Vault',
  gcpkms: 'Google Cloud KMS',
};
