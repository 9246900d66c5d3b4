import type { FindSites } from '../../file-kind.ts';
import { imageSite, openSite, type Site, withoutPrefix } from '../../site.ts';
import { readYaml, type YamlValue } from '../../yaml.ts';

/** Images of services that are not built, and images that builds use by name (Compose specification, services and build). */
export const findSites: FindSites = (text) =>
  readYaml(text).flatMap((root) =>
    root
      .get('services')
      .entries()
      .flatMap(([, service]) => [...imageOf(service), ...buildOf(service.get('build'))]),
  );

/** What is built here gets `image` as its name: there is nothing to pin. */
function imageOf(service: YamlValue): Site[] {
  const image = service.get('image');
  const { filled } = image;
  return filled === undefined || service.get('build').identity !== undefined ? [] : [imageSite(image.path, filled)];
}

function buildOf(build: YamlValue): Site[] {
  const inline = build.get('dockerfile_inline');
  const written = inline.filled;
  return [
    ...build.get('additional_contexts').children().flatMap(contextOf),
    ...(written === undefined
      ? []
      : [
          openSite(
            inline.path,
            { ...written, value: 'dockerfile_inline' },
            'a Dockerfile inside a compose file is not read',
          ),
        ]),
  ];
}

/** `docker-image://NAME`, as the value of a map or behind `name=` in a list. */
function contextOf(context: YamlValue): Site[] {
  const { filled } = context;
  const scheme = 'docker-image://';
  const start = filled?.value.indexOf(scheme) ?? -1;
  if (filled === undefined || start < 0) return [];
  const image = withoutPrefix(filled, filled.value.slice(0, start + scheme.length));
  return image === undefined ? [] : [imageSite(context.path, image)];
}
