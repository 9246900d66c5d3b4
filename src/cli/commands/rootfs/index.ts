import type { CommandDescriptor } from '../../command.ts';

export const rootfs: CommandDescriptor = {
  id: 'rootfs',
  words: { plimsoll: ['rootfs'], trivy: ['rootfs'] },
  summary: 'Scan an unpacked root file system, as an image would be',
  operands: [{ name: 'PATH', description: 'The directory that is the root' }],
  examples: [
    { line: 'rootfs /mnt/image', does: 'Scan an unpacked image' },
    { line: 'rootfs --pkg-types os /', does: 'Scan the packages of the running system' },
  ],
  load: async () => (await import('./run.ts')).module,
};
