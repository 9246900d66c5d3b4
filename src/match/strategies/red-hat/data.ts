/** Repositories of a plain system of each major release, for images that do not say what they were built from. */
export const defaultContentSets: Readonly<Record<string, readonly string[]>> = {
  '6': ['rhel-6-server-rpms', 'rhel-6-server-extras-rpms'],
  '7': ['rhel-7-server-rpms', 'rhel-7-server-extras-rpms'],
  '8': ['rhel-8-for-x86_64-baseos-rpms', 'rhel-8-for-x86_64-appstream-rpms'],
  '9': ['rhel-9-for-x86_64-baseos-rpms', 'rhel-9-for-x86_64-appstream-rpms'],
  '10': ['rhel-10-for-x86_64-baseos-rpms', 'rhel-10-for-x86_64-appstream-rpms'],
};
