/** Whether the text is a GTIN-13 whose last digit is the right one. */
export const isEan = (text: string): boolean => /^\d{13}$/.test(text) && checkDigit(text.slice(0, 12)) === Number(text[12]);

/** The EAN of a number, in the range that shops use among themselves. */
export function eanOf(number: number): string {
  const head = `20${String(number).padStart(10, '0')}`;
  return `${head}${String(checkDigit(head))}`;
}

/** Weights 1 and 3 in turn; the digit fills the sum up to the next ten. */
function checkDigit(head: string): number {
  const sum = [...head].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}
