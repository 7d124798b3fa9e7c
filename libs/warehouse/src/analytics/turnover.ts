const DAYS_A_YEAR = 365;

/** What a period sums up to. Money is in minor units of the tenant's currency. */
export interface PeriodSums {
  /** Cost of what was used, less what came back. */
  readonly costOfGoodsMinor: number;
  /** Sum of the closing values of all days. */
  readonly valueDaysMinor: number;
  readonly days: number;
}

/** Money in major units. Figures have two decimals; null where the division has no meaning. */
export interface Turnover {
  readonly cogs: number;
  /** Mean of the closing values of all days of the period. */
  readonly averageInventoryValue: number;
  /** How often the average was used in the period. */
  readonly turnoverRate: number | null;
  readonly averageDaysOnHand: number | null;
  /** The rate, as it were over 365 days. */
  readonly annualisedTurnover: number | null;
}

/** Without value on hand there is no rate; without use there are no days on hand. Both come from the unrounded ratio. */
export function turnoverOf({ costOfGoodsMinor, valueDaysMinor, days }: PeriodSums): Turnover {
  const averageMinor = valueDaysMinor / days;
  const rate = averageMinor > 0 ? costOfGoodsMinor / averageMinor : null;
  return {
    cogs: moneyOf(costOfGoodsMinor),
    averageInventoryValue: moneyOf(averageMinor),
    turnoverRate: rate === null ? null : twoDecimals(rate),
    averageDaysOnHand: rate !== null && rate > 0 ? twoDecimals(days / rate) : null,
    annualisedTurnover: rate === null ? null : twoDecimals((rate * DAYS_A_YEAR) / days),
  };
}

/** Minor units as major ones, to two decimals. */
export const moneyOf = (minor: number): number => Math.round(minor) / 100;

const twoDecimals = (figure: number): number => Math.round(figure * 100) / 100;
