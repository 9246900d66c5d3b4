import { Functions } from '@aws-lambda-powertools/jmespath/functions';
import { describeError } from '../../../../core/index.ts';
import { dataFunctions } from './functions/data-functions.ts';
import type { JmesFunction } from './functions/function.ts';
import { identityFunctions } from './functions/identity-functions.ts';
import { numberFunctions } from './functions/number-functions.ts';
import { textFunctions } from './functions/text-functions.ts';
import { timeFunctions } from './functions/time-functions.ts';

/** The functions of JMESPath and those that Kyverno adds. What would ask the network or leave something to chance fails. */
export class KyvernoFunctions extends Functions {
  /** What went wrong in one of them. */
  failure: string | undefined;

  constructor(now: Date) {
    super();
    const all = {
      ...textFunctions,
      ...numberFunctions,
      ...dataFunctions,
      ...identityFunctions,
      ...timeFunctions(now),
    };
    for (const [name, make] of Object.entries(all)) this.#add(name, make);
  }

  /** The library calls `to_upper` by the name `funcToUpper`. */
  #add(name: string, run: JmesFunction): void {
    const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const method = `func${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
    this.methods.add(method);
    Object.defineProperty(this, method, {
      value: (args: readonly unknown[]): unknown => {
        try {
          return run(args);
        } catch (error) {
          this.failure ??= `${name}: ${describeError(error)}`;
          return null;
        }
      },
    });
  }
}
