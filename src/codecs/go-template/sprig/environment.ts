import { exactly, type TemplateFunction } from '../function.ts';
import { callError } from '../position.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables whose names say that they hold a secret, which has no place in a report. */
const secret = /TOKEN|SECRET|PASSW|PASSPHRASE|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY|_KEY$|AUTH/i;

/** Functions of environment variables. */
export function environmentFunctions(environment: Environment): readonly (readonly [string, TemplateFunction])[] {
  const env = exactly(1, (args) => variable(environment, args.text(0)));
  const expand = exactly(1, (args) =>
    args
      .text(0)
      .replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) =>
        variable(environment, braced ?? bare ?? ''),
      ),
  );
  return [
    ['env', env],
    ['getEnv', env],
    ['expandenv', expand],
  ];
}

function variable(environment: Environment, name: string): string {
  if (secret.test(name)) throw callError(`the variable ${name} may hold a secret`);
  return Object.hasOwn(environment, name) ? (environment[name] ?? '') : '';
}
