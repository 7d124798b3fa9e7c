/** A reservation that waits for supply. */
export interface Waiter {
  readonly reservationId: string;
  /** Units that wait. */
  readonly units: number;
  /** Units that it holds in addition. */
  readonly heldUnits: number;
  /** Only these locations may serve it; any where undefined. */
  readonly locationIds: readonly string[] | undefined;
  readonly expiresAt: number;
}

export const mayServe = (locationIds: readonly string[] | undefined, locationId: string): boolean =>
  locationIds === undefined || locationIds.includes(locationId);
