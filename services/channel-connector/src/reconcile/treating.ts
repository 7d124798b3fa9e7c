import { Problem } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { StoredAccount } from '../accounts/stored-account.js';
import type { ChannelFigures } from '../conflicts/channel-figure.js';
import type { ConflictTable } from '../conflicts/conflict-table.js';
import { sameFigure } from '../delivery/figure-to-send.js';
import type { Figure } from '../providers/figures.js';
import { actionOn } from './action-on.js';
import { driftOf, type DriftClass } from './classify.js';
import type { Drift, DriftLedger } from './drift-ledger.js';
import type { MappedListing } from './mapped-listings.js';
import { isSettled, orderWait, type OrderWait, type OrderWaitTimes } from './order-wait.js';
import { scheduleWrites, type ScheduledWrite } from './scheduled-writes.js';
import { tellAgain } from './tell-again.js';
import { UNDER_WAY_MS, type ComparedLater } from './under-way.js';

/** A listing beside what its channel shows. */
export interface Compared {
  readonly listing: MappedListing;
  /** Null where the channel does not know it. */
  readonly shown: Figure | null;
  /** Undefined where both agree. */
  readonly drift: DriftClass | undefined;
  /** What it shows may be a figure of ours that is not written down yet: it is compared again. */
  readonly isUnderWay: boolean;
  /** Orders that the channel told since took the units that are missing there: ours is on its way. */
  readonly isExplained: boolean;
}

export type Drifting = Compared & { readonly drift: DriftClass };

export const isDrifting = (compared: Compared): compared is Drifting => compared.drift !== undefined;

/** Why the listing shows another figure than it should; undefined where both agree. */
export function driftBetween(listing: MappedListing, shown: Figure | null): DriftClass | undefined {
  if (shown !== null && sameFigure(listing.figure, shown)) return undefined;
  return (
    driftOf(listing, shown?.quantity ?? null) ??
    (shown !== null && shown.quantity === listing.wanted ? atOtherPlaces(listing, shown) : undefined)
  );
}

/**
 * Units at the wrong places with the right sum are as wrong as another sum, unless ours moves them and is on its way. Where an older figure of ours
 * put them, nobody edited them, even if no answer to it is known.
 */
function atOtherPlaces({ told, earlierPlaces, isDue, isPending, shown: known }: MappedListing, shown: Figure): DriftClass {
  if (told === null) return 'late';
  const isAsBefore = known !== null && sameFigure(known, shown);
  if (isAsBefore && isDue) return 'late';
  const isOurs = earlierPlaces.some((one) => sameFigure(one, shown));
  if ((isAsBefore || isOurs) && isPending) return 'vendor_lag';
  return isOurs ? 'lost' : 'foreign_edit';
}

export interface TreatingParts {
  readonly pool: Pool;
  readonly ledger: DriftLedger;
  readonly conflicts: ConflictTable;
  readonly figures: ChannelFigures;
  /** How long a lower figure at a channel may be a sale whose order is still to come. */
  readonly waits: OrderWaitTimes;
  readonly wakeDelivery: () => void;
}

export interface TreatingOptions {
  /** Who looked, as the ledger names it. */
  readonly by: string;
  /** A person asked for it, and had the orders polled. */
  readonly isByHand: boolean;
}

export interface Treated {
  /** Listings that should be compared once more, and when. */
  readonly again: readonly ComparedLater[];
  /** Ids of those whose lower figure may be a sale whose order is still to come. */
  readonly waiting: readonly string[];
}

/** Does what follows from a comparison: writes each difference into the drift ledger first, then acts on it by the listing's strategy. */
export class Treating {
  constructor(private readonly parts: TreatingParts) {}

  async treat(channel: StoredAccount, compared: readonly Compared[], options: TreatingOptions): Promise<Treated> {
    const { pool, ledger, conflicts, waits, wakeDelivery } = this.parts;
    const { by } = options;
    const drifting = compared.filter(isDrifting);
    const wait = await orderWait(pool, channel, waits);
    const entries = await this.entriesFor(channel, drifting, wait, options);
    const names = await ledger.record(channel, entries, by);
    const having = (action: Drift['action']) => drifting.filter((_one, index) => entries[index]?.action === action);
    await conflicts.open(channel, having('waits for a decision').flatMap(conflictOf));
    for (const one of having('made ours')) await this.makeOurs(channel, one, names.get(one.listing.listingId) ?? '', by);
    const agreeing = compared.filter((one) => !isDrifting(one)).map(({ listing }) => listing.listingId);
    await ledger.agree(channel, agreeing, by);
    const again = having('told again').flatMap(({ listing, shown }) => (shown === null ? [] : [{ ...keyOf(listing), shown }]));
    if (again.length > 0) await tellAgain(pool, channel, again);
    const decided = compared.filter(({ isUnderWay }) => !isUnderWay);
    const writes = (some: readonly Compared[], due: ScheduledWrite['due'], ms?: number) =>
      some.map(({ listing }): ScheduledWrite => ({ listing, due, ...(ms === undefined ? {} : { ms }) }));
    await scheduleWrites(pool, channel, [
      ...writes(having('made ours'), 'never'),
      ...writes(having('waits for an order that may explain it'), 'later', wait.heldMs),
      ...writes(
        decided.filter(({ drift }) => drift === undefined || drift === 'late'),
        'now',
      ),
    ]);
    wakeDelivery();
    const idsOf = (some: readonly Drifting[]) => some.map(({ listing: { listingId } }) => listingId);
    const waiting = idsOf(having('waits for an order that may explain it'));
    const underWay = idsOf(drifting.filter(({ isUnderWay }) => isUnderWay));
    return {
      again: [
        ...underWay.map((listingId) => ({ listingId, ms: UNDER_WAY_MS })),
        ...waiting.map((listingId) => ({ listingId, ms: wait.againMs })),
      ],
      waiting,
    };
  }

  private async entriesFor(
    channel: StoredAccount,
    drifting: readonly Drifting[],
    { settlesMs }: OrderWait,
    { isByHand }: TreatingOptions,
  ): Promise<readonly Drift[]> {
    const since = await this.parts.ledger.openSince(
      channel,
      drifting.map(({ listing }) => listing.listingId),
    );
    return drifting.map(({ listing, shown, drift }): Drift => {
      const theirs = shown?.quantity ?? 0;
      const settled = isSettled(since.get(listing.listingId), theirs, settlesMs, isByHand);
      const action = actionOn({ class: drift, strategy: listing.strategy, ours: listing.wanted, theirs, isSettled: settled });
      return { ...keyOf(listing), class: drift, expected: listing.wanted, observed: shown?.quantity ?? null, action };
    });
  }

  /** The channel's figure becomes ours, once for each entry of the ledger. Where it cannot be booked, a person has to decide. */
  private async makeOurs(channel: StoredAccount, drifting: Drifting, entry: string, by: string): Promise<void> {
    const { listing, shown } = drifting;
    if (shown === null) return;
    const wanted = { channel, sku: listing.sku, figure: shown, ours: listing.figure, bookingId: `drift ${entry}`, actor: by };
    await this.parts.figures.book(wanted).catch(async (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      await this.parts.conflicts.open(channel, conflictOf(drifting));
    });
  }
}

const keyOf = ({ sku, listingId }: MappedListing) => ({ sku, listingId });

const conflictOf = ({ listing, shown }: Drifting) => (shown === null ? [] : [{ ...keyOf(listing), ours: listing.wanted, theirs: shown }]);
