import type { KubeClient, KubeObject, KubeResource } from '../../../kube/index.ts';
import { webhookResources } from './data.ts';

interface Webhook {
  readonly clientConfig?: { readonly caBundle?: string };
}

/** Whom the webhook configurations trust. */
export class WebhookTrust {
  readonly #client: KubeClient;
  readonly #name: string;
  /** Since when each authority is trusted, in milliseconds. */
  #since: ReadonlyMap<string, number> = new Map();

  constructor(client: KubeClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Whether an authority was trusted by then, in milliseconds, and is since. */
  holds(authority: string, time: number): boolean {
    const since = this.#since.get(authority.trim());
    return since !== undefined && since <= time;
  }

  /** Writes the authorities into every configuration of the name that has others. @throws KUBE_*, NET_* */
  async publish(bundle: string, now: number): Promise<void> {
    const written = await Promise.all(webhookResources.map((resource) => this.#write(resource, bundle)));
    const authorities = written.includes(true) ? bundle.split(/(?<=END CERTIFICATE-----\n)/) : [];
    const since = authorities
      .map((pem) => pem.trim())
      .map((pem): [string, number] => [pem, this.#since.get(pem) ?? now]);
    this.#since = new Map(since);
  }

  /** Whether there is such a configuration. */
  async #write(resource: KubeResource, bundle: string): Promise<boolean> {
    const object = await this.#client.get(resource, { name: this.#name });
    if (object === undefined) return false;
    const caBundle = Buffer.from(bundle).toString('base64');
    const webhooks = webhooksOf(object);
    if (webhooks.some(({ clientConfig }) => clientConfig?.caBundle !== caBundle)) {
      const trusting = webhooks.map((webhook) => ({ ...webhook, clientConfig: { ...webhook.clientConfig, caBundle } }));
      await this.#client.replace(resource, { ...object, webhooks: trusting });
    }
    return true;
  }
}

function webhooksOf({ webhooks }: KubeObject): readonly Webhook[] {
  return Array.isArray(webhooks) ? webhooks : [];
}
