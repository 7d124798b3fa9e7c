import type { MicrovixCredentials } from './credentials.js';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

/** What Microvix takes for a parameter without a value. */
const NONE = 'NULL';

export type Parameters = Readonly<Record<string, string | undefined>>;

/** The body that asks for a command's rows. */
export function requestBody({ key, user, password }: MicrovixCredentials, portal: string, command: string, parameters: Parameters): string {
  const listed = Object.entries({ chave: key, ...parameters }).map(
    ([id, value]) => `<Parameter id="${escaped(id)}">${value === undefined ? NONE : escaped(value)}</Parameter>`,
  );
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<LinxMicrovix><Authentication user="${escaped(user)}" password="${escaped(password)}"/><ResponseFormat>xml</ResponseFormat>` +
    `<IdPortal>${escaped(portal)}</IdPortal><Command><Name>${escaped(command)}</Name><Parameters>${listed.join('')}</Parameters></Command></LinxMicrovix>`
  );
}
