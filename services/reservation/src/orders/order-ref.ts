/** Names the process of one order. */
export interface OrderRef {
  readonly tenant: string;
  readonly reservationId: string;
}
