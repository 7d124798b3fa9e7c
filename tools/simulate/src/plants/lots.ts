import { accept, countMark, skuSnapshot, type PositionChange, type SkuCommand, type SkuEvent, type SkuState } from '@holdfast/inventory';
import { deciding, type Plant } from './plant.js';

type Lots = NonNullable<NonNullable<SkuState['detail']>['lots']>;

/** The state with other lots; without any it stays as it is. */
function withLots(state: SkuState, change: (lots: Lots) => Partial<Lots>): SkuState {
  const { detail } = state;
  if (detail?.lots === undefined) return state;
  return { ...state, detail: { ...detail, lots: { ...detail.lots, ...change(detail.lots) } } };
}

/** Every event of a type is stored as another one, or not at all. */
const rewriting = <Type extends SkuEvent['type']>(
  type: Type,
  rewrite: (event: Extract<SkuEvent, { type: Type }>, state: SkuState) => readonly SkuEvent[],
): NonNullable<Plant['streams']> =>
  deciding((state, command, real) => {
    const decision = real(state, command);
    if (decision.kind === 'refused') return decision;
    const isOfType = (event: SkuEvent): event is Extract<SkuEvent, { type: Type }> => event.type === type;
    return accept<SkuEvent>(...decision.events.flatMap((event) => (isOfType(event) ? rewrite(event, state) : [event])));
  });

/** Commands of a type are decided on another state. */
const decidedOn = (type: SkuCommand['type'], change: (state: SkuState) => SkuState): NonNullable<Plant['streams']> =>
  deciding((state, command, real) => real(command.type === type ? change(state) : state, command));

/** What no date makes expired. */
const undated = (state: SkuState): SkuState => withLots(state, () => ({ nextExpiryAt: Number.POSITIVE_INFINITY }));

/** The same number of units of a lot that expires later and may leave, where there is one. */
function ofALaterLot(change: PositionChange, { detail }: SkuState): PositionChange {
  const { locationId, lotId = '', delta } = change;
  const instantOf = (id: string): number => detail?.lots?.lots.get(id)?.expiresAt.get(locationId) ?? LATEST;
  for (const [other, { bins }] of detail?.lots?.locations.get(locationId)?.lots ?? []) {
    const isLater = other !== '' && lotId !== '' && instantOf(other) > instantOf(lotId) && detail?.sums.lots.has(other) !== true;
    const [bin] = [...bins].find(([, units]) => units >= -delta) ?? [];
    if (isLater && bin !== undefined) return { locationId, lotId: other, delta, ...(bin === '' ? {} : { binId: bin }) };
  }
  return change;
}

const LATEST = Number.POSITIVE_INFINITY;

const plants: readonly Plant[] = [
  {
    name: 'expired-lot-sold',
    mistake: 'a lot is sold until somebody has written down that it is expired',
    streams: decidedOn('CommitReservation', undated),
  },
  {
    name: 'expired-lot-promised',
    mistake: 'units of an expired lot are promised',
    streams: decidedOn('PlaceReservation', undated),
  },
  {
    name: 'first-expiring-ignored',
    mistake: 'a sale takes the lot that expires last',
    streams: rewriting('ReservationCommitted', (event, state) => [
      { ...event, ...(event.positions === undefined ? {} : { positions: event.positions.map((change) => ofALaterLot(change, state)) }) },
    ]),
  },
  {
    name: 'lot-lost-in-transit',
    mistake: 'what arrives by a transfer has no lot any more',
    streams: rewriting('TransferReceived', ({ positions: _, held: __, ...event }) => [event]),
  },
  {
    name: 'recall-misses-arrival',
    mistake: 'units of a recalled lot are free where they arrive',
    streams: rewriting('TransferReceived', ({ held: _, ...event }) => [event]),
  },
  {
    name: 'recall-misses-late-receipt',
    mistake: 'a recall covers the units that are there, and no later receipt of the lot',
    streams: rewriting('StockReceived', ({ held, ...event }) => [
      event.positions === undefined && held !== undefined ? { ...event, held } : event,
    ]),
  },
  {
    name: 'split-escapes-recall',
    mistake: 'what is split from a lot does not know its parent, so no hold of the lot follows it',
    streams: rewriting('LotDeclared', ({ parentLotId: _, ...event }) => [event]),
  },
  {
    name: 'rename-drops-hold',
    mistake: 'the holds of a lot stay with its former name',
    streams: (real) => ({
      ...real,
      evolve: (state, event, at) => {
        if (event.type === 'LotRenamed') {
          state.detail?.sums.lots.delete(event.lotId);
          for (const hold of state.detail?.holds.values() ?? []) if (hold.lotIds?.includes(event.lotId) === true) hold.lotIds = [];
        }
        return real.evolve(state, event, at);
      },
    }),
  },
  {
    name: 'merge-revives-expired',
    mistake: 'units of an expired lot may leave after a merge into one that is not',
    streams: deciding((state, command, real) => {
      const isMerge = command.type === 'CorrectPositions' && command.kind === 'merge';
      if (!isMerge) return real(state, command);
      const decision = real(state, command);
      if (decision.kind !== 'refused' || decision.code !== 'lot_expired') return decision;
      const revived = real(state, { ...command, kind: 'reassign', quantity: command.quantity ?? 1, mayUncoverPromises: true });
      if (revived.kind === 'refused') return decision;
      return accept<SkuEvent>(
        ...revived.events.map((event): SkuEvent => (event.type === 'PositionsCorrected' ? { ...event, kind: 'merge' } : event)),
      );
    }),
  },
  {
    name: 'bin-units-twice',
    mistake: 'units that change bin are in both bins',
    streams: rewriting('PositionsCorrected', (event) => [
      event.kind === 'bin' ? { ...event, positions: event.positions.filter(({ delta }) => delta > 0) } : event,
    ]),
  },
  {
    name: 'count-of-now',
    mistake: 'a count is compared with the books of now, so what was sold since comes back',
    streams: deciding((state, command, real) => {
      if (command.type !== 'ApplyCount') return real(state, command);
      const onHand = state.balances.get(command.locationId)?.onHand ?? 0;
      return real(state, { ...command, delta: command.counted - onHand });
    }),
  },
  {
    name: 'count-applied-twice',
    mistake: 'a count that is told again takes effect again',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      const isRepeat = command.type === 'ApplyCount' && decision.kind === 'accepted' && decision.events.length === 0;
      if (!isRepeat) return decision;
      const mark = countMark(state, command.locationId, command.countedAt);
      const again = real({ ...state, recentCommands: new Set() }, { ...command, mark });
      return again.kind === 'refused' ? decision : again;
    }),
  },
  {
    name: 'snapshot-forgets-dates',
    mistake: 'a snapshot keeps the lots and loses when they expire',
    streams: (real) => ({
      ...real,
      snapshot: { ...skuSnapshot, read: (json) => undatedForGood(skuSnapshot.read(json)) },
    }),
  },
];

/** Mistakes with lots, their dates, their bins and their counts. */
export const lotPlants: readonly Plant[] = plants.map((plant) => ({ ...plant, lots: true }));

function undatedForGood(state: SkuState): SkuState {
  const lots = state.detail?.lots;
  if (lots === undefined) return state;
  for (const [lotId, lot] of lots.lots) lots.lots.set(lotId, { ...lot, expiresAt: new Map() });
  lots.nextExpiryAt = Number.POSITIVE_INFINITY;
  return state;
}
