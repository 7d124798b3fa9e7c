import { CannotUnseal, type Clock, type Sealer } from '@holdfast/kit';
import { paginationOf, Problem, type Page } from '@holdfast/platform';
import type { TargetPolicy } from '@holdfast/vendor-http';
import type { EntityManager } from 'typeorm';
import { routeOf } from '../../routing/routing.js';
import type { RoutingCache } from '../../routing/routing-cache.js';
import type { ErpFault } from '../port.js';
import type { ErpSystems } from '../registry.js';
import type { Polling } from '../runs/polling.js';
import type { RunTable } from '../runs/run-table.js';
import { addressFaults, askedPoller } from './asked-poller.js';
import { credentialsOf, sealedCredentials, type ErpAccounts } from './erp-accounts.js';
import type { ErpTestView, ErpWarehousesView, PollerRequest, PollerView, PollRunsView, PollStarted } from './poller.dto.js';
import { DROP_POLLER, PUT_POLLER, type ConnectionRef, type NewPoller, type PollerTable, type StoredPoller } from './poller-table.js';
import { pollerView, runView } from './poller-view.js';

export interface PollersParts {
  readonly systems: ErpSystems;
  readonly sealer: Sealer | undefined;
  readonly targets: TargetPolicy;
  readonly pollers: PollerTable;
  readonly runs: RunTable;
  readonly accounts: ErpAccounts;
  readonly polling: Polling;
  readonly routing: Pick<RoutingCache, 'current'>;
  readonly clock: Clock;
}

/** What a request does to the poller of a connection: nothing, take it away, or set it. */
export type PollerChange = { readonly kind: 'keep' } | { readonly kind: 'drop' } | { readonly kind: 'set'; readonly poller: NewPoller };

/** How connections are polled, and what the polls came to. */
export class PollersService {
  constructor(private readonly parts: PollersParts) {}

  /** @throws Problem 400 that names every field at fault, 400 `credentials_required`, 409 `no_secret_key` */
  async change(connection: ConnectionRef, system: string, request: PollerRequest | null | undefined): Promise<PollerChange> {
    const { sealer, systems, targets, pollers } = this.parts;
    if (request === null) return { kind: 'drop' };
    const stored = await pollers.find(connection);
    if (request === undefined) {
      if (stored === undefined || stored.system === system) return { kind: 'keep' };
      throw refused([{ field: 'system', message: `is ${stored.system} as long as the connection is polled; set poller too, or to null` }]);
    }
    if (sealer === undefined)
      throw new Problem(409, 'no_secret_key', 'Set HOLDFAST_SECRET_KEY: it seals the credentials of ERPs; at least 32 random characters');
    const known = stored?.system === system ? { settings: stored.settings, credentials: unsealed(sealer, stored) } : undefined;
    const asked = askedPoller(system, request, known, systems);
    if ('faults' in asked) throw asked.code === undefined ? refused(asked.faults) : credentialsRequired(asked.faults);
    const addresses = await addressFaults(request, targets);
    if (addresses.length > 0) throw refused(addresses);
    const credentials = sealedCredentials(sealer, connection, asked.credentials);
    const { intervalSeconds, enabled = true } = request;
    return { kind: 'set', poller: { intervalMs: intervalSeconds * 1_000, settings: asked.settings, credentials, enabled } };
  }

  /** Makes a change in the transaction of its connection. */
  async apply(manager: EntityManager, { tenant, connectionId }: ConnectionRef, change: PollerChange): Promise<void> {
    if (change.kind === 'drop') for (const statement of DROP_POLLER) await manager.query(statement, [tenant, connectionId]);
    if (change.kind !== 'set') return;
    const { intervalMs, settings, credentials, enabled } = change.poller;
    await manager.query(PUT_POLLER, [tenant, connectionId, intervalMs, JSON.stringify(settings), credentials, enabled]);
  }

  async views(tenant: string, connectionIds: readonly string[]): Promise<ReadonlyMap<string, PollerView>> {
    const stored = await this.parts.pollers.all(tenant, connectionIds);
    return new Map([...stored].map(([connectionId, poller]) => [connectionId, pollerView(poller)]));
  }

  async runsOf(connection: ConnectionRef, page: Page): Promise<PollRunsView> {
    const { runs, total } = await this.parts.runs.newest(connection, page.offset, page.pageSize);
    const now = this.parts.clock.now();
    return { runs: runs.map((run) => runView(run, now)), pagination: paginationOf(page, total) };
  }

  /** Polls now, also where the poller is disabled or pauses. @throws Problem 409 `not_polled` */
  async pollNow(connection: ConnectionRef): Promise<PollStarted> {
    await this.mustBePolled(connection);
    const ref = await this.parts.runs.begin(connection);
    this.parts.polling.start(ref);
    return { runId: ref.id };
  }

  /** @throws Problem 409 `not_polled` */
  async test(connection: ConnectionRef, stopped: AbortSignal): Promise<ErpTestView> {
    const { account } = this.parts.accounts.open(await this.mustBePolled(connection), stopped);
    return { checks: await account.check() };
  }

  /** @throws Problem 409 `not_polled`, 503 `erp_not_read` */
  async warehouses(connection: ConnectionRef, stopped: AbortSignal): Promise<ErpWarehousesView> {
    const { account } = this.parts.accounts.open(await this.mustBePolled(connection), stopped);
    const read = await account.warehouses();
    if (read.kind === 'fault') throw notRead(read.fault);
    const routing = await this.parts.routing.current(connection.tenant);
    return {
      warehouses: read.warehouses.map(({ warehouseId, name }) => {
        const route = routeOf(routing, connection.connectionId, warehouseId);
        return { warehouseId, name, locationId: route.kind === 'located' ? route.locationId : null };
      }),
    };
  }

  private async mustBePolled(connection: ConnectionRef): Promise<StoredPoller> {
    const stored = await this.parts.pollers.find(connection);
    if (stored !== undefined) return stored;
    const { connectionId } = connection;
    throw new Problem(409, 'not_polled', `Connection ${connectionId} has no poller; set one with PUT /v1/erp/connections/${connectionId}`);
  }
}

const refused = (details: readonly { readonly field: string; readonly message: string }[]): Problem =>
  new Problem(400, 'validation_failed', 'The request is not valid', { details });

const credentialsRequired = (details: readonly object[]): Problem =>
  new Problem(400, 'credentials_required', 'The address of the ERP changes, so its credentials are needed again', { details });

/** Credentials whose key is lost count as not given: the request has to give them anew. */
function unsealed(sealer: Sealer, stored: StoredPoller): Readonly<Record<string, unknown>> {
  try {
    return credentialsOf(sealer, stored);
  } catch (error) {
    if (error instanceof CannotUnseal) return {};
    throw error;
  }
}

const notRead = (fault: ErpFault): Problem =>
  new Problem(503, 'erp_not_read', 'The ERP could not be read', {
    details: [{ kind: fault.kind, says: fault.says }],
    headers: { 'retry-after': String(Math.max(5, Math.ceil((fault.kind === 'temporary' ? fault.retryAfterMs : 0) / 1_000))) },
  });
