import type { Random } from '@holdfast/simulation';

export const BINS = ['A-01', 'A-02'] as const;

type Correction = Readonly<Record<string, unknown>> & { readonly toLotId?: string };

/** What turns out to be of another lot, or in another bin. @param part the id of what is split from the lot */
export function correctionOf(
  random: Random,
  { lotId: fromLotId, at: locationId }: { readonly lotId: string; readonly at: string },
  toLotId: string,
  part: string,
): Correction {
  const quantity = random.between(1, 2);
  const kind = random.pick(['assign', 'reassign', 'split', 'split', 'merge', 'merge', 'settle', 'bin', 'bin'] as const);
  const ofKind = { kind, locationId };
  switch (kind) {
    case 'assign':
      return { ...ofKind, quantity, toLotId };
    case 'reassign':
      return { ...ofKind, quantity, fromLotId, toLotId };
    case 'split':
      return { ...ofKind, quantity, fromLotId, toLotId: part };
    case 'merge':
      return { ...ofKind, fromLotId, toLotId, expiry: random.pick(['earliest', 'latest']) };
    case 'settle':
      return ofKind;
    case 'bin':
      return { ...ofKind, moves: [binMove(random, fromLotId, quantity)] };
    default:
      return kind satisfies never;
  }
}

function binMove(random: Random, lotId: string, quantity: number): object {
  const bins = random.pick([{ toBinId: BINS[0] }, { fromBinId: BINS[0], toBinId: BINS[1] }, { fromBinId: BINS[1] }]);
  return { quantity, ...(random.chance(0.7) ? { lotId } : {}), ...bins };
}
