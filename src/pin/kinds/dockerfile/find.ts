import { type Dockerfile, DockerfileParser, type Flag, type From, type Instruction } from 'dockerfile-ast';
import { once } from '../../../kit/memoize.ts';
import { pinError } from '../../errors.ts';
import type { FindSites } from '../../file-kind.ts';
import { imageSite, openSite, type Site, type WrittenText } from '../../site.ts';
import { findMountSources } from './mount.ts';
import { type Range, unquoted, WrittenRanges } from './written.ts';

const maxHeadLine = 2000;

/** FROM, COPY --from, RUN --mount from=, ARG defaults that FROM uses, and the syntax directive. */
export const findSites: FindSites = (text) => {
  assertReadable(text);
  const file = DockerfileParser.parse(text);
  const finder = new Finder(text, file);
  return [...finder.syntax(), ...file.getInstructions().flatMap((instruction) => finder.sitesOf(instruction))];
};

/** @throws PIN_FILE_INVALID for what the parser reads in another way than docker, or not in any useful time */
export function assertReadable(text: string): void {
  const fail = (reason: string): never => {
    throw pinError('PIN_FILE_INVALID', { data: { reason } });
  };
  if (/\r(?!\n)/.test(text)) fail('it has a carriage return inside a line');
  // Directives are looked for in the comments at the start.
  for (const line of text.split('\n')) {
    if (!/^[ \t]*#/.test(line)) return;
    if (line.length > maxHeadLine) fail('a comment at its start is too long');
  }
}

class Finder {
  readonly #file: Dockerfile;
  readonly #ranges: WrittenRanges;
  /** Names of the stages above, and of all. */
  readonly #earlier: Set<string> = new Set();
  readonly #stages: ReadonlySet<string>;
  /** Where the defaults of the arguments before the first FROM stand. */
  readonly #presets: () => ReadonlyMap<string, Range | null>;
  #count = 0;

  constructor(text: string, file: Dockerfile) {
    this.#file = file;
    this.#ranges = new WrittenRanges(text);
    this.#presets = once(() => {
      const properties = file.getInitialARGs().flatMap((arg) => arg.getProperties());
      return new Map(properties.map((property) => [property.getName(), property.getValueRange()]));
    });
    this.#stages = new Set(file.getFROMs().map((from) => from.getBuildStage()?.toLowerCase() ?? ''));
  }

  syntax(): Site[] {
    const directive = this.#file.getDirectives().find((each) => each.getName().toLowerCase() === 'syntax');
    return this.#written(directive?.getValueRange()).map((image) => imageSite('syntax', image));
  }

  sitesOf(instruction: Instruction): Site[] {
    switch (instruction.getKeyword()) {
      case 'FROM':
        return this.#from(instruction as From);
      case 'COPY':
        return flagsOf(instruction, 'from')
          .flatMap((flag) => this.#written(flag.getValueRange()))
          .flatMap((image) => this.#source('COPY --from', unquoted(image)));
      case 'RUN':
        return flagsOf(instruction, 'mount')
          .flatMap((flag) => this.#written(flag.getValueRange()))
          .flatMap((mount) => findMountSources(mount))
          .flatMap((image) => this.#source('RUN --mount from', image));
      case 'ONBUILD':
        return triggerOf(instruction).flatMap((trigger) => this.sitesOf(trigger));
      default:
        return [];
    }
  }

  #from(from: From): Site[] {
    const sites = this.#written(from.getImageRange()).flatMap((image) => this.#base(image));
    this.#earlier.add(from.getBuildStage()?.toLowerCase() ?? '');
    this.#count++;
    return sites;
  }

  #base(image: WrittenText): Site[] {
    if (this.#isBuilt(image.value)) return [];
    const variable = /^\$(?:(\w+)|\{(\w+)\})$/.exec(image.value);
    if (variable === null) return [imageSite('FROM', unquoted(image))];
    return this.#argument(variable[1] ?? variable[2] ?? '', image);
  }

  /** The default of a build argument is what FROM means unless the builder is told otherwise. */
  #argument(name: string, image: WrittenText): Site[] {
    const [preset] = this.#written(this.#presets().get(name)).map(unquoted);
    if (preset === undefined || preset.value === '') {
      return [openSite('FROM', image, `the argument ${name} decides it, which has no default before the first FROM`)];
    }
    return this.#isBuilt(preset.value) ? [] : [imageSite(`ARG ${name}`, preset)];
  }

  #isBuilt(name: string): boolean {
    return name === 'scratch' || this.#earlier.has(name.toLowerCase());
  }

  /** An image, unless it is a stage by its name or number. */
  #source(what: string, image: WrittenText): Site[] {
    const { value } = image;
    const isNumber = /^\d+$/.test(value) && Number(value) < this.#count;
    if (value === '' || value === 'scratch' || isNumber || this.#stages.has(value.toLowerCase())) return [];
    return [imageSite(what, image)];
  }

  #written(range: Range | null | undefined): WrittenText[] {
    return range == null ? [] : [this.#ranges.read(range)];
  }
}

export function flagsOf(instruction: Instruction, name: string): Flag[] {
  const { getFlags } = instruction as unknown as { getFlags?: () => Flag[] };
  return (getFlags?.call(instruction) ?? []).filter((flag) => flag.getName() === name);
}

function triggerOf(instruction: Instruction): Instruction[] {
  const trigger = (
    instruction as unknown as { getTriggerInstruction: () => Instruction | null }
  ).getTriggerInstruction();
  return trigger === null ? [] : [trigger];
}
