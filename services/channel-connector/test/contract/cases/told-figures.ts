import type { ContractBench, ContractChannel } from '../contract-channel.js';

/** Messages with figures that the vendor told of itself and that took effect. */
export async function toldFigures({ connector }: ContractBench, { channelId }: ContractChannel): Promise<number> {
  const { rows } = await connector.runtime.database.pool.query<{ told: number }>(
    `SELECT count(*)::int AS told FROM channels.inbox WHERE channel_id = $1 AND state = 'done' AND events @> '[{"kind":"figure"}]'`,
    [channelId],
  );
  return rows[0]?.told ?? 0;
}
