const HIDDEN = '•••';

/** A text of an ERP without these secrets, in whatever form an ERP repeats them: plain, as in a query, or as of Basic. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1)]);
  // Longest first: a secret may be part of another form of itself.
  return [...new Set(forms)]
    .sort((one, other) => other.length - one.length)
    .reduce((hidden, form) => hidden.replaceAll(form, HIDDEN), text);
}
