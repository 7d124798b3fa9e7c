import { Problem } from '@holdfast/platform';

/** Messages of the limits that refuse a reservation although units are available. */
export const LIMITS_IN_WORDS = {
  channel_cap: 'The channel has taken as many units as it may',
  protected_for_channels: 'The units that are left are kept for other channels',
  holder_limit: 'The holder has as many units open as it may',
  overbooking_exhausted: 'Nothing is left of the stock and of the budget for overbooking',
} as const;

export type LimitCode = keyof typeof LIMITS_IN_WORDS;

export const isLimitCode = (code: string): code is LimitCode => Object.hasOwn(LIMITS_IN_WORDS, code);

/** Why a limit refused, with its figures. */
export const refusedByLimit = (sku: string, code: LimitCode, figures: Readonly<Record<string, unknown>>): Problem =>
  new Problem(409, code, LIMITS_IN_WORDS[code], { details: [{ sku, ...figures }] });
