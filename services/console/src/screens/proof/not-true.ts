/** A fact of a certificate that does not hold. */
export class NotTrue extends Error {}

/** @throws NotTrue where it does not hold */
export function must(holds: boolean, message: string): void {
  if (!holds) throw new NotTrue(message);
}
