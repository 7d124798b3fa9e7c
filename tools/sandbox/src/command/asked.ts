import { Ajv, type ValidateFunction } from 'ajv';
import type { Fault } from '../faults/fault-plan.js';
import type { OrderLine, RefundLine } from '../simulator.js';

// What a person may ask of a simulated vendor on the sandbox's page, as JSON. Every body is checked against its schema before anything happens.

type VendorFault = Exclude<Fault, { readonly kind: 'spoil' | 'error_with_200' | 'repeat_page' }>;
export type AskedFault = (VendorFault | { readonly kind: 'revoke_credentials' } | { readonly kind: 'none' }) & {
  /** Calls that meet it. Default 1. */
  readonly times?: number;
  /** The vendor's operation; any by default. */
  readonly operation?: string;
};

export interface Asked {
  readonly faults: AskedFault;
  readonly edits: { readonly listingId: string; readonly quantity: number; readonly remoteId?: string };
  readonly orders: { readonly lines: readonly OrderLine[] };
  readonly cancellations: { readonly orderId: string };
  readonly refunds: { readonly orderId: string; readonly lines: readonly RefundLine[] };
  readonly hooks: { readonly url: string };
}

const text = { type: 'string', minLength: 1, maxLength: 500 };
const units = { type: 'integer', minimum: 0, maximum: 1_000_000_000 };
const ms = { type: 'integer', minimum: 1, maximum: 86_400_000 };
const status = { type: 'integer', minimum: 500, maximum: 599 };
const times = { type: 'integer', minimum: 1, maximum: 1_000_000 };

const exactly = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const fault = (kind: AskedFault['kind'], properties: object = {}, required?: readonly string[]): object => {
  const fields = { kind: { const: kind }, ...properties };
  return exactly({ ...fields, times, operation: text }, ['kind', ...(required ?? Object.keys(properties))]);
};
const lines = (more: object = {}): object => ({
  type: 'array',
  minItems: 1,
  maxItems: 100,
  items: exactly({ listingId: text, quantity: { type: 'integer', minimum: 1, maximum: 1_000 }, remoteId: text, ...more }, [
    'listingId',
    'quantity',
    ...Object.keys(more),
  ]),
});

const FAULTS = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    fault('throttle', { retryAfterMs: ms }, []),
    fault('server_error', { status, retryAfterMs: ms }, ['status']),
    fault('drop'),
    fault('arrive_late', { ms }),
    fault('lose_answer'),
    fault('slow_answer', { ms }),
    fault('expire_tokens'),
    fault('reject_listings', { listingIds: { type: 'array', minItems: 1, maxItems: 1_000, items: text }, permanent: { type: 'boolean' } }),
    fault('apply_late', { ms }),
    fault('never_apply'),
    fault('apply_twice'),
    fault('revoke_credentials'),
    fault('none'),
  ],
};

const ajv = new Ajv({ discriminator: true });
const isAsked: { readonly [What in keyof Asked]: ValidateFunction<Asked[What]> } = {
  faults: ajv.compile<Asked['faults']>(FAULTS),
  edits: ajv.compile<Asked['edits']>(exactly({ listingId: text, quantity: units, remoteId: text }, ['listingId', 'quantity'])),
  orders: ajv.compile<Asked['orders']>(exactly({ lines: lines() })),
  cancellations: ajv.compile<Asked['cancellations']>(exactly({ orderId: text })),
  refunds: ajv.compile<Asked['refunds']>(exactly({ orderId: text, lines: lines({ restock: { type: 'boolean' } }) })),
  hooks: ajv.compile<Asked['hooks']>(exactly({ url: { ...text, pattern: '^http://(127\\.0\\.0\\.1|localhost)(:\\d+)?/' } })),
};

/** @throws with what is wrong with the body */
export function checked<What extends keyof Asked>(what: What, body: unknown): Asked[What] {
  const validate = isAsked[what];
  if (!validate(body)) throw new Error(ajv.errorsText(validate.errors, { dataVar: 'body' }));
  return body;
}
