import { randomUUID } from 'node:crypto';
import type { Sealer } from '@holdfast/kit';
import { paginationOf, Problem, type Fault, type Page } from '@holdfast/platform';
import { isSigningSecret, newSecret, resolvedTargetFault, type TargetPolicy } from '@holdfast/vendor-http';
import { CALL_TIMEOUT_MS, MAX_WEBHOOKS_OF_TENANT } from './limits.js';
import { sealedSecret, type Receivers } from './receivers.js';
import type { StoredWebhook, WebhookRef, WebhookTable } from './webhook-table.js';
import type { AttemptTable } from './attempt-table.js';
import type { AttemptsPage, PutWebhookRequest, WebhookState, WebhookTestView, WebhookView } from './webhooks.dto.js';

export interface WebhooksParts {
  readonly table: WebhookTable;
  readonly attempts: AttemptTable;
  /** Absent where the process has no key to seal with: then no webhook can be put or tested. */
  readonly signing: { readonly sealer: Sealer; readonly receivers: Receivers } | undefined;
  readonly targets: TargetPolicy;
}

/** Receivers of a tenant's alerts. */
export class WebhooksService {
  constructor(private readonly parts: WebhooksParts) {}

  async list(tenant: string): Promise<readonly WebhookView[]> {
    return (await this.parts.table.list(tenant)).map(webhookView);
  }

  /** @throws Problem 404 `unknown_webhook` */
  async get(webhook: WebhookRef): Promise<WebhookView> {
    return webhookView(await this.mustFind(webhook));
  }

  /** @throws Problem 400 `validation_failed`, 409 `too_many_webhooks`, 503 `sealing_unavailable` */
  async put(webhook: WebhookRef, { url, secret, types }: PutWebhookRequest): Promise<WebhookView> {
    const { table, targets } = this.parts;
    const { sealer } = this.signing();
    const faults: Fault[] = [];
    const fault = await resolvedTargetFault(url, targets);
    if (fault !== undefined) faults.push({ field: 'url', message: fault });
    if (secret !== undefined && !isSigningSecret(secret))
      faults.push({ field: 'secret', message: 'must be whsec_ and the base64 of 24 to 64 bytes' });
    if (faults.length > 0) throw new Problem(400, 'validation_failed', 'The request body has faults', { details: faults });
    const stored = await table.find(webhook);
    const made = secret === undefined && stored === undefined ? newSecret() : undefined;
    const given = secret ?? made;
    const sealed = given === undefined ? stored?.secret : sealedSecret(sealer, webhook, given);
    if (sealed === undefined || !(await table.put({ ...webhook, url, secret: sealed, types: types ?? null })))
      throw new Problem(409, 'too_many_webhooks', `A tenant has at most ${String(MAX_WEBHOOKS_OF_TENANT)} webhooks; remove some`);
    return { ...(await this.get(webhook)), ...(made === undefined ? {} : { secret: made }) };
  }

  /** What waits for it is not sent any more. @throws Problem 404 `unknown_webhook` */
  async remove(webhook: WebhookRef): Promise<void> {
    if (!(await this.parts.table.remove(webhook))) throw unknownWebhook(webhook);
  }

  /** Sends a signed message without an alert, now. @throws Problem 404 `unknown_webhook`, 503 `sealing_unavailable` */
  async test(webhook: WebhookRef): Promise<WebhookTestView> {
    const { receivers } = this.signing();
    const verdict = await receivers.sendTest(await this.mustFind(webhook), randomUUID(), AbortSignal.timeout(CALL_TIMEOUT_MS));
    return verdict.kind === 'delivered' ? { ok: true, says: 'the receiver took a signed message' } : { ok: false, says: verdict.fault };
  }

  /** Single calls of a receiver, newest first. @throws Problem 404 `unknown_webhook` */
  async attempts(webhook: WebhookRef, page: Page): Promise<AttemptsPage> {
    await this.mustFind(webhook);
    const { rows, total } = await this.parts.attempts.page(webhook, page);
    return { attempts: rows.map((row) => ({ ...row, at: row.at.toISOString() })), pagination: paginationOf(page, total) };
  }

  private async mustFind(webhook: WebhookRef): Promise<StoredWebhook> {
    const found = await this.parts.table.find(webhook);
    if (found === undefined) throw unknownWebhook(webhook);
    return found;
  }

  private signing(): NonNullable<WebhooksParts['signing']> {
    if (this.parts.signing !== undefined) return this.parts.signing;
    throw new Problem(503, 'sealing_unavailable', 'HOLDFAST_SECRET_KEY is needed: it seals the secrets of webhooks');
  }
}

const unknownWebhook = ({ webhookId }: WebhookRef): Problem =>
  new Problem(404, 'unknown_webhook', 'There is no such webhook', { details: [{ webhookId }] });

const webhookView = ({ webhookId, url, types, gone, failures, fault, waiting, deliveredAt }: StoredWebhook): WebhookView => ({
  webhookId,
  url,
  types,
  state: stateOf(gone, failures),
  fault,
  failures,
  waiting,
  deliveredAt: deliveredAt?.toISOString() ?? null,
});

const stateOf = (gone: boolean, failures: number): WebhookState => (gone ? 'gone' : failures > 0 ? 'failing' : 'working');
