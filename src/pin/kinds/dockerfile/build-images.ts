import { type Arg, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { type AppError, isAppError } from '../../../core/index.ts';
import { pinError } from '../../errors.ts';
import { expand } from './expand.ts';
import { assertReadable, flagsOf } from './find.ts';
import { findMountSources } from './mount.ts';

interface BuildImages {
  readonly images: readonly string[];
  readonly base?: string;
  readonly ignored: readonly string[];
}

/**
 * Images that a build pulls: of FROM, COPY --from and RUN --mount. Variables of FROM are the arguments before the first one, as the
 * builder has it, then those given.
 * @throws PIN_FILE_INVALID, PIN_IMAGE_UNKNOWN
 */
export function buildImages(text: string, variables: Readonly<Record<string, string | undefined>>): BuildImages {
  assertReadable(text);
  const reader = new Reader(variables);
  for (const instruction of DockerfileParser.parse(text).getInstructions()) reader.read(instruction);
  const base = reader.base ?? reader.lastFrom;
  return { images: reader.images, ignored: reader.ignored, ...(base !== undefined && { base }) };
}

class Reader {
  readonly images: string[] = [];
  readonly ignored: string[] = [];
  /** What the present stage starts from; undefined for `scratch`. */
  base: string | undefined;
  lastFrom: string | undefined;
  /** Names of the stages so far, in lower case, and what each starts from. */
  readonly #stages: Map<string, string | undefined> = new Map();
  readonly #arguments: Map<string, string | AppError> = new Map();
  readonly #variables: Readonly<Record<string, string | undefined>>;
  #count = 0;

  constructor(variables: Readonly<Record<string, string | undefined>>) {
    this.#variables = variables;
  }

  read(instruction: Instruction): void {
    switch (instruction.getKeyword()) {
      case 'ARG':
        if (this.#count === 0) this.#argument(instruction as Arg);
        return;
      case 'FROM':
        this.#from(instruction as From);
        return;
      case 'COPY':
        for (const flag of flagsOf(instruction, 'from')) this.#source(flag.getValue() ?? '');
        return;
      case 'RUN':
        for (const flag of flagsOf(instruction, 'mount')) {
          const mount = { value: flag.getValue() ?? '', span: { start: 0, end: 0 }, exact: true };
          for (const { value } of findMountSources(mount)) this.#source(value);
        }
    }
  }

  #argument(instruction: Arg): void {
    for (const property of instruction.getProperties()) {
      const value = property.getValue();
      if (value !== null) this.#arguments.set(property.getName(), this.#attempt(value));
    }
  }

  /** A default that cannot be told matters only to what uses it. */
  #attempt(text: string): string | AppError {
    try {
      return this.#expand(text);
    } catch (error) {
      if (!isAppError(error)) throw error;
      return error;
    }
  }

  #from(from: From): void {
    const words = from.getArguments().filter((word) => !word.getValue().startsWith('--'));
    if (words.length !== 1 && words.length !== 3) {
      const text = words.map((word) => word.getValue()).join(' ');
      throw pinError('PIN_IMAGE_UNKNOWN', {
        data: { text, reason: 'FROM has one image, and AS with a name or nothing' },
      });
    }
    const image = this.#name(from.getImage() ?? '');
    const stage = image.toLowerCase();
    const isStage = this.#stages.has(stage);
    this.base = isStage ? this.#stages.get(stage) : image === 'scratch' ? undefined : image;
    if (isStage || image === 'scratch') this.ignored.push(image);
    else this.images.push(image);
    this.lastFrom = this.base ?? this.lastFrom;
    this.#stages.set(String(this.#count++), this.base);
    const name = from.getBuildStage();
    if (name !== null) this.#stages.set(name.toLowerCase(), this.base);
  }

  /** An image, unless it is a stage by its name or number. */
  #source(text: string): void {
    const image = this.#name(text);
    if (image !== 'scratch' && !this.#stages.has(image.toLowerCase())) this.images.push(image);
  }

  #name(text: string): string {
    const name = this.#expand(/^(["'])(.*)\1$/s.exec(text)?.[2] ?? text);
    if (name === '') throw pinError('PIN_IMAGE_UNKNOWN', { data: { text, reason: 'it is empty' } });
    return name;
  }

  #expand(text: string): string {
    return expand(text, (name) => {
      const value = this.#arguments.get(name) ?? this.#variables[name];
      if (isAppError(value)) throw value;
      return value;
    });
  }
}
