import { advisoryOptions } from '../advisories/index.ts';
import { assessOptions } from '../assess/index.ts';
import type { OptionGroup, OptionSpec } from '../core/index.ts';
import { decideOptions } from '../decide/index.ts';
import { inventoryOptions } from '../inventory/index.ts';
import { matchOptions } from '../match/index.ts';
import { networkOptions } from '../net/index.ts';
import { registryOptions } from '../oci/index.ts';
import { pinOptions } from '../pin/index.ts';
import { reportOptions } from '../reports/index.ts';
import { targetOptions } from '../targets/index.ts';
import { acceptedOptions, cacheOptions, globalOptions } from './options.ts';

/** Every group of options, in the order of help and documentation. */
export const optionGroups: readonly OptionGroup[] = [
  targetOptions,
  assessOptions,
  inventoryOptions,
  matchOptions,
  decideOptions,
  reportOptions,
  advisoryOptions,
  pinOptions,
  registryOptions,
  networkOptions,
  cacheOptions,
  acceptedOptions,
  globalOptions,
];

export const allOptions: readonly OptionSpec[] = optionGroups.flatMap(({ options }) => options);
