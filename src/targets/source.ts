/** Where an image may be looked for by its name, as `--image-src` calls them. */
export const imageSources = ['docker', 'containerd', 'podman', 'remote'] as const;

export type ImageSource = (typeof imageSources)[number];
