import type { SimulatorOptions } from '../simulator.js';

export interface WalmartOptions extends SimulatorOptions {
  /** Ids of the seller's ship nodes; the first is the one of calls that name none. */
  readonly shipNodes?: readonly string[];
  /**
   * Units ordered before a figure is set: `restarts` takes the figure to leave them out already, `stays` goes on subtracting them until they are
   * shipped. Default `restarts`.
   */
  readonly reserved?: 'restarts' | 'stays';
  /** How long a feed waits, and then runs. Defaults 2 s and 10 s. */
  readonly feedQueueMs?: number;
  readonly feedRunMs?: number;
  /** How webhooks are signed: over the body, or over method, path, time and body. Default `hmac`. */
  readonly signature?: 'hmac' | 'security';
  readonly encoding?: 'base64' | 'hex';
}

export const PARTNER_ID = '10000009';
export const UNIT_PRICE = 10;
/** Header that carries the signature of webhooks over the body; the seller names it in the subscription. */
export const SIGNATURE_HEADER = 'x-walmart-signature';
