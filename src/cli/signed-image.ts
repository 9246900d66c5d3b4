import type { SignedImage } from '../app/index.ts';
import { writeOutput } from '../disk/index.ts';
import {
  bundleFileOption,
  newBundleOption,
  outputCertificateOption,
  outputPayloadOption,
  outputSignatureOption,
  recursiveOption,
} from '../sign/index.ts';
import type { Invocation } from './command.ts';
import type { Host } from './host.ts';

const privateMode = 0o600;

/** Warns of a reference without a digest, as cosign does: what it means may change between two looks. */
export async function sayTag({ stderr }: Host, reference: string): Promise<void> {
  if (reference.includes('@')) return;
  await stderr.write(`WARNING: Image reference ${reference} uses a tag, not a digest, to identify the image to sign.
    This can lead you to sign a different image than the intended one. Please use a
    digest (example.com/ubuntu@sha256:abc123...) rather than tag
    (example.com/ubuntu:latest) for the input to cosign. The ability to refer to
    images by tag will be removed in a future release.

`);
}

/** Writes what was asked for of signatures of images, and says where they were put. */
export async function writeSigned(invocation: Invocation, images: readonly SignedImage[]): Promise<void> {
  const { options, host } = invocation;
  for (const image of images) {
    if (options.get(newBundleOption)) await sayIgnored(invocation);
    else await writeParts(invocation, image);
    const path = options.get(bundleFileOption);
    if (path !== undefined) {
      const isBundle = options.get(newBundleOption);
      const texts = image.signatures.map(({ bundle, legacyBundle }) => (isBundle ? bundle : legacyBundle));
      await writeOutput(path, texts.join('\n'), privateMode);
      await host.stderr.write(`Wrote bundle to file ${path}\n`);
    }
    if (image.repository !== undefined) await host.stderr.write(`Pushing signature to: ${image.repository}\n`);
  }
}

const ignored = [outputSignatureOption, outputCertificateOption, outputPayloadOption];

async function sayIgnored({ options, host }: Invocation): Promise<void> {
  for (const option of ignored) {
    if (options.get(option) === undefined) continue;
    await host.stderr.write(
      `WARNING: --${option.flag} is deprecated when using --new-bundle-format and will be ignored\n`,
    );
  }
}

/** The parts in files of their own; with several images, each has its digest in its name. */
async function writeParts({ options, host }: Invocation, { digest, signatures }: SignedImage): Promise<void> {
  const suffix = options.get(recursiveOption) ? `-${digest.replace(':', '-')}` : '';
  const [signaturePath, payloadPath] = [options.get(outputSignatureOption), options.get(outputPayloadOption)];
  const certificatePath = options.get(outputCertificateOption);
  if (signaturePath !== undefined) {
    const text = signatures.map(({ signature }) => signature.toString('base64')).join('\n');
    await writeOutput(`${signaturePath}${suffix}`, text, privateMode);
  }
  if (payloadPath !== undefined) {
    const text = signatures.map(({ payload }) => payload.toString('utf8')).join('\n');
    await writeOutput(`${payloadPath}${suffix}`, text, privateMode);
  }
  if (certificatePath !== undefined) {
    await writeOutput(certificatePath, signatures[0]?.verifier ?? '', privateMode);
    await host.stderr.write(`Certificate wrote in the file ${certificatePath}\n`);
  }
}
