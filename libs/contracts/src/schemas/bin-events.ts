import type { BinEvent } from '@holdfast/warehouse';
import type { Fields } from './fields.js';
import { identifier, listOf, madeId, units } from './primitives.js';

type OfType<Type extends BinEvent['type']> = Extract<BinEvent, { readonly type: Type }>;

const claimId = madeId('Claim: the task, the round of looking for bins, and the line.');

/** Fields of every event of a `bin-{tenant}.{locationId}.{binId}` stream. */
export const binEventFields: { readonly [Type in BinEvent['type']]: Fields<OfType<Type>> } = {
  SpaceClaimed: {
    claimId,
    sku: identifier('Stock keeping unit that is to come.'),
    lotId: { optional: identifier('Its lot.') },
    units: units('Units that space is kept for.', 1),
    seenMoves: listOf(madeId('Move.'), 'Moves that the contents of the bin hold by now.'),
  },
  ClaimMoved: {
    claimId,
    moveId: madeId('Move; a repeat carries the same.'),
    units: units('Units that lie in the bin now.'),
    skuRevision: { type: 'integer', description: "Of the SKU's stream after the move.", minimum: 0 },
  },
  ClaimEnded: { claimId },
};
