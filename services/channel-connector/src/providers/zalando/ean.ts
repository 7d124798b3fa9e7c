/** Whether the text is a GTIN-13: thirteen digits whose sum, weighted with 1 and 3 in turn, is a multiple of ten. */
export function isEan(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
