/** Objects of the API, each with one image. */
export function podNamed(name: string, image: string): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'app', image }] } };
}

const template = (image: string, more: object = {}): object => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image }], ...more },
});

export function deploymentOf(name: string, image: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: template(image) },
  };
}

export function cronJobOf(name: string, image: string): object {
  const job = { spec: { template: template(image, { restartPolicy: 'Never' }) } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: { schedule: '* * * * *', jobTemplate: job },
  };
}
