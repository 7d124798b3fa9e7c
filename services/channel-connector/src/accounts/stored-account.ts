import type { Sealer } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { Account, MappedLocation, Provider } from '../providers/provider.js';
import type { ChannelRef } from './channel-ref.js';

/** What the database knows of how a channel is called. */
export interface StoredAccount extends ChannelRef {
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Sealed. */
  readonly credentials: string;
  readonly locations: readonly MappedLocation[];
  /** Grows with every change of the above. */
  readonly revision: string;
}

export const ACCOUNT_COLUMNS = `tenant, channel_id AS "channelId", provider, settings, credentials, locations, revision`;

const UNSEALED = 'unsealed.';

/** Where credentials are stored; sealed ones cannot be unsealed at another place. */
export const placeOf = ({ tenant, channelId }: ChannelRef): string => `channel credentials ${JSON.stringify([tenant, channelId])}`;

/** Unsealed credentials. @throws CannotUnseal */
export const credentialsOf = (sealer: Sealer, stored: ChannelRef & Pick<StoredAccount, 'credentials'>): Readonly<Record<string, unknown>> =>
  JSON.parse(sealer.unseal(stored.credentials, placeOf(stored))) as Readonly<Record<string, unknown>>;

export const sealedCredentials = (sealer: Sealer, channel: ChannelRef, credentials: object): string =>
  sealer.seal(JSON.stringify(credentials), placeOf(channel));

/** The account as its provider reads it. What is stored was checked when it was stored. @throws CannotUnseal */
export function accountOf(sealer: Sealer, provider: Provider, stored: StoredAccount): Account<object, object> {
  const { tenant, channelId, locations } = stored;
  return {
    tenant,
    channelId,
    locations,
    settings: Object.assign(new provider.settings(), stored.settings),
    credentials: Object.assign(new provider.credentials(), credentialsOf(sealer, stored)),
  };
}

/** Seals credentials of a version that kept them as they were. Any process may do it, and repeat it. */
export async function sealOldCredentials(pool: Pool, sealer: Sealer): Promise<void> {
  const { rows } = await pool.query<ChannelRef & { readonly credentials: string }>(
    `SELECT tenant, channel_id AS "channelId", credentials FROM channels.channel WHERE credentials LIKE '${UNSEALED}%'`,
  );
  for (const row of rows)
    await pool.query(`UPDATE channels.channel SET credentials = $4 WHERE tenant = $1 AND channel_id = $2 AND credentials = $3`, [
      row.tenant,
      row.channelId,
      row.credentials,
      sealer.seal(row.credentials.slice(UNSEALED.length), placeOf(row)),
    ]);
}
