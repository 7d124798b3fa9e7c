/** An exact decimal: `digits` divided by ten to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export type DecimalMark = 'point' | 'comma';

/** More than any ERP sends (OData's Decimal(31,14)); a longer text is no quantity. */
const MOST_DIGITS = 60;

const PATTERNS: Readonly<Record<DecimalMark, RegExp>> = {
  point: /^([+-]?)(\d+)(?:\.(\d+))?(-?)$/,
  comma: /^([+-]?)(\d+)(?:,(\d+))?(-?)$/,
};

/** What most quantities are, read the short way. */
const PLAIN = /^\d{1,15}$/;
/** A whole number as OData writes it. */
const WHOLE = /^\d{1,15}\.0+$/;
const MOST_WHOLE_LENGTH = 40;

export const ZERO: Decimal = { digits: 0n, scale: 0 };

/**
 * Reads a quantity exactly. Marks of thousands, exponents and the other decimal mark are no quantity: "1,234" is 1.234 where the mark is a
 * comma, and refused where it is a point. A minus may stand behind, as SAP writes it.
 * @returns undefined where the text is no quantity
 */
export function parseDecimal(text: string, mark: DecimalMark = 'point'): Decimal | undefined {
  if (PLAIN.test(text)) return { digits: BigInt(text), scale: 0 };
  if (mark === 'point' && text.length < MOST_WHOLE_LENGTH && WHOLE.test(text))
    return { digits: BigInt(text.slice(0, text.indexOf('.'))), scale: 0 };
  const found = PATTERNS[mark].exec(text.trim());
  if (found === null) return undefined;
  const [, sign = '', whole = '', fraction = '', behind = ''] = found;
  if (whole.length + fraction.length > MOST_DIGITS || (sign !== '' && behind !== '')) return undefined;
  const shortened = fraction.replace(/0+$/, '');
  const digits = BigInt(whole + shortened);
  return { digits: sign === '-' || behind === '-' ? -digits : digits, scale: shortened.length };
}

export function addDecimals(one: Decimal, other: Decimal): Decimal {
  if (one.scale === other.scale) return { digits: one.digits + other.digits, scale: one.scale };
  const scale = Math.max(one.scale, other.scale);
  return { digits: scaled(one, scale) + scaled(other, scale), scale };
}

export const negated = ({ digits, scale }: Decimal): Decimal => ({ digits: -digits, scale });

export const multiplyDecimals = (one: Decimal, other: Decimal): Decimal => ({
  digits: one.digits * other.digits,
  scale: one.scale + other.scale,
});

/** As text that `parseDecimal` reads with a point: no exponent, no zeros behind the fraction. */
export function decimalText({ digits, scale }: Decimal): string {
  const unsigned = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = unsigned.slice(0, unsigned.length - scale);
  const fraction = unsigned.slice(unsigned.length - scale).replace(/0+$/, '');
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The whole number below or at it, and whether it had a fraction. */
export function floorOf({ digits, scale }: Decimal): { readonly whole: bigint; readonly hasFraction: boolean } {
  if (scale === 0) return { whole: digits, hasFraction: false };
  const one = 10n ** BigInt(scale);
  const rest = digits % one;
  const cut = digits / one;
  return { whole: rest < 0n ? cut - 1n : cut, hasFraction: rest !== 0n };
}

const scaled = ({ digits, scale }: Decimal, to: number): bigint => digits * 10n ** BigInt(to - scale);
