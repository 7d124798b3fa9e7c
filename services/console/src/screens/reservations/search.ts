import { present } from '../../app/present.js';

export const STATUSES = ['pending', 'waiting', 'held', 'committed', 'released', 'expired', 'refused'] as const;
export type Status = (typeof STATUSES)[number];

/** Which reservations are shown. */
export interface ReservationsSearch {
  readonly status?: Status;
  readonly sku?: string;
  readonly order?: string;
  /** Columns that are hidden. */
  readonly hide?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads the parameters of an address; what is not understood is left out. */
export const reservationsSearch = ({ status, sku, order, hide }: Record<string, unknown>): ReservationsSearch =>
  present({
    status: STATUSES.find((each) => each === status),
    sku: text(sku),
    order: text(order),
    hide: text(typeof hide === 'number' ? String(hide) : hide),
  });
