import type { OrderLine, ShortLine } from '@holdfast/inventory';

/** Code of a line that could not be held within the time to live of the order. It refuses the order for good. */
export const TTL_TOO_SHORT = 'ttl_too_short';

export const late = ({ sku, quantity }: OrderLine): ShortLine => ({ sku, requested: quantity, available: 0, code: TTL_TOO_SHORT });
