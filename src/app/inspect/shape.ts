/** What a field of an image's description is: texts, numbers and the like, or a group of fields. */
export type Shape = 'text' | 'number' | 'switch' | 'texts' | 'pairs' | 'names' | 'any' | ShapeFields;

export interface ShapeFields {
  /** The type's name in templates. */
  readonly type: string;
  readonly fields: Readonly<Record<string, Shape>>;
}

/** How containers of an image run (moby docker-image-spec, `DockerOCIImageConfig`), in the order in which docker prints it. */
export const executionShape: ShapeFields = {
  type: 'v1.DockerOCIImageConfig',
  fields: {
    User: 'text',
    ExposedPorts: 'names',
    Env: 'texts',
    Entrypoint: 'texts',
    Cmd: 'texts',
    Volumes: 'names',
    WorkingDir: 'text',
    Labels: 'pairs',
    StopSignal: 'text',
    ArgsEscaped: 'switch',
    Healthcheck: 'any',
    OnBuild: 'texts',
    Shell: 'texts',
  },
};

/** What `docker inspect` says of an image (Docker Engine API, "ImageInspect"), in its order. */
export const imageShape: ShapeFields = {
  type: 'image.InspectResponse',
  fields: {
    Id: 'text',
    RepoTags: 'texts',
    RepoDigests: 'texts',
    Parent: 'text',
    Comment: 'text',
    Created: 'text',
    DockerVersion: 'text',
    Author: 'text',
    Config: executionShape,
    Architecture: 'text',
    Variant: 'text',
    Os: 'text',
    OsVersion: 'text',
    Size: 'number',
    RootFS: { type: 'image.RootFS', fields: { Type: 'text', Layers: 'texts' } },
    Metadata: { type: 'image.Metadata', fields: { LastTagTime: 'text' } },
  },
};
