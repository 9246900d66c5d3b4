import { type CelEnv, celEnv } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { dataFunctions } from './functions/data-functions.ts';
import { imageFunctions } from './functions/image-functions.ts';
import { listFunctions } from './functions/list-functions.ts';
import { numberFunctions } from './functions/number-functions.ts';
import { optionalFunctions } from './functions/optional-functions.ts';
import { type RequestQuestions, requestFunctions } from './functions/request-functions.ts';
import { textFunctions } from './functions/text-functions.ts';

/** CEL with the functions of ImageValidatingPolicy. */
export function makeEnvironment(current: () => RequestQuestions): CelEnv {
  return celEnv({
    funcs: [
      ...strings,
      ...optionalFunctions,
      ...listFunctions,
      ...numberFunctions,
      ...textFunctions,
      ...dataFunctions,
      ...imageFunctions,
      ...requestFunctions(current),
    ],
  });
}
