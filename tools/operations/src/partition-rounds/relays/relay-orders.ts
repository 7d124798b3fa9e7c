/** Where a relay listens and where it forwards to. */
export interface Route {
  readonly host: string;
  readonly port: number;
  /** Port of the loopback address, or path of a Unix socket. */
  readonly target: number | string;
}

/** How many milliseconds late the bytes from and to each address come; addresses that are not named have no delay. */
export interface Order {
  readonly delays: Readonly<Record<string, number>>;
}

export const isOrder = (message: unknown): message is Order =>
  typeof message === 'object' && message !== null && 'delays' in message && typeof message.delays === 'object';
