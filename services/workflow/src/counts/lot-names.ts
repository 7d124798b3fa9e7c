import { findLot } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { LotNames } from './count-claims.js';

/** A batch may name a lot by an id that it had before or, once it gets another, had when the batch was made. */
export const lotNamesIn =
  (ledger: Pick<SkuLedger, 'read'>): LotNames =>
  async (tenant, positions) => {
    const all = [...positions];
    for (const position of positions) {
      const { sku, lotId } = position;
      if (lotId === undefined) continue;
      const lots = (await ledger.read({ tenant, sku })).state.detail?.lots;
      const present = lots && findLot(lots, lotId)?.lotId;
      if (lots === undefined || present === undefined || lots.formerIds.size === 0) continue;
      const former = [...lots.formerIds].flatMap(([id, to]) => (to === present ? [id] : []));
      for (const name of [present, ...former]) if (name !== lotId) all.push({ ...position, lotId: name });
    }
    return all;
  };
