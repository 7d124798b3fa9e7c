/** Sum of units over all places. */
export const totalOf = (takes: readonly { readonly quantity: number }[]): number => takes.reduce((sum, { quantity }) => sum + quantity, 0);
