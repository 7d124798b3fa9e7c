import { randomUUID } from 'node:crypto';
import { sha256, type Sealer } from '@holdfast/kit';
import type { VendorHttp } from '@holdfast/vendor-http';
import type { ErpAccount, ScanMemory, TokenMemory } from '../port.js';
import type { ErpSystems } from '../registry.js';
import type { PollerSettings } from '../settings.js';
import type { ConnectionRef, StoredPoller } from './poller-table.js';

/** A token counts as expired so long before its end: a page that uses it may take a while. */
const SPARE_MS = 60_000;

/** Where credentials are stored; sealed ones cannot be unsealed at another place. */
const placeOf = ({ tenant, connectionId }: ConnectionRef): string => `poller credentials ${JSON.stringify([tenant, connectionId])}`;

export const sealedCredentials = (sealer: Sealer, connection: ConnectionRef, credentials: object): string =>
  sealer.seal(JSON.stringify(credentials), placeOf(connection));

/** @throws CannotUnseal */
export const credentialsOf = (
  sealer: Sealer,
  stored: ConnectionRef & Pick<StoredPoller, 'credentials'>,
): Readonly<Record<string, unknown>> => JSON.parse(sealer.unseal(stored.credentials, placeOf(stored))) as Readonly<Record<string, unknown>>;

export interface OpenErp {
  readonly account: ErpAccount;
  readonly settings: PollerSettings;
}

export interface ErpAccountsParts {
  readonly systems: ErpSystems;
  /** Undefined where the installation has no key: then nothing was sealed, and no connection is polled. */
  readonly sealer: Sealer | undefined;
  readonly client: { until(stopped: AbortSignal): VendorHttp };
  readonly now: () => number;
}

/** Opens accounts of ERPs. Access tokens, and where pages begin, stay in the memory of this process; another one asks for its own. */
export class ErpAccounts {
  private readonly memories = new Map<string, Memory>();

  constructor(private readonly parts: ErpAccountsParts) {}

  /** @param stopped ends calls of the account @throws CannotUnseal, or where this version does not know the system */
  open(stored: StoredPoller, stopped: AbortSignal): OpenErp {
    const { systems, sealer, client, now } = this.parts;
    const system = systems.get(stored.system);
    if (system === undefined) throw new Error(`this version cannot poll ${stored.system}`);
    if (sealer === undefined) throw new Error('HOLDFAST_SECRET_KEY is needed to unseal credentials');
    const settings = Object.assign(new system.settings(), stored.settings);
    const credentials = Object.assign(new system.credentials(), credentialsOf(sealer, stored));
    const tools = { http: client.until(stopped), ...this.memoryOf(stored), now, newId: randomUUID };
    return { account: system.open({ settings, credentials }, tools), settings };
  }

  /** Of the connection as it is set now: another user's token is not used. */
  private memoryOf(stored: StoredPoller): Pick<Memory, 'tokens' | 'scans'> {
    const key = JSON.stringify([stored.tenant, stored.connectionId]);
    const of = sha256(JSON.stringify([stored.settings, stored.credentials]));
    const known = this.memories.get(key);
    const { tokens, scans } = known?.of === of ? known : { tokens: new InProcessToken(this.parts.now), scans: inProcessScans() };
    this.memories.set(key, { of, tokens, scans });
    return { tokens, scans };
  }
}

interface Memory {
  /** Settings and credentials that it belongs to. */
  readonly of: string;
  readonly tokens: TokenMemory;
  readonly scans: ScanMemory;
}

function inProcessScans(): ScanMemory {
  let kept: readonly string[] = [];
  return { starts: () => kept, keep: (starts) => (kept = starts) };
}

class InProcessToken implements TokenMemory {
  private kept: { readonly token: string; readonly until: number } | undefined;

  constructor(private readonly now: () => number) {}

  token(): string | undefined {
    return this.kept !== undefined && this.now() < this.kept.until ? this.kept.token : undefined;
  }

  keep(token: string, expiresInMs: number): void {
    // One that lives for less than the spare time serves for half of its life.
    this.kept = { token, until: this.now() + Math.max(expiresInMs - SPARE_MS, expiresInMs / 2) };
  }

  drop(token: string): void {
    if (this.kept?.token === token) this.kept = undefined;
  }
}
