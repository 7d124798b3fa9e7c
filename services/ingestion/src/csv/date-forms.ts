/** How a file may write dates besides ISO 8601. */
export const DATE_FORMS = ['iso', 'dd.mm.yyyy', 'dd/mm/yyyy', 'mm/dd/yyyy', 'yyyy/mm/dd'] as const;
export type DateForm = (typeof DATE_FORMS)[number];

const TIME = String.raw`(?:[ T](?<hh>\d{1,2}):(?<mi>\d{2})(?::(?<ss>\d{2}))?)?`;
const day = String.raw`(?<dd>\d{1,2})`;
const month = String.raw`(?<mm>\d{1,2})`;
const year = String.raw`(?<yyyy>\d{4})`;

const FORMS: Readonly<Record<DateForm, RegExp>> = {
  iso: new RegExp(`^${year}-${month}-${day}${TIME}$`),
  'dd.mm.yyyy': new RegExp(String.raw`^${day}\.${month}\.${year}${TIME}$`),
  'dd/mm/yyyy': new RegExp(`^${day}/${month}/${year}${TIME}$`),
  'mm/dd/yyyy': new RegExp(`^${month}/${day}/${year}${TIME}$`),
  'yyyy/mm/dd': new RegExp(`^${year}/${month}/${day}${TIME}$`),
};

const two = (digits = '0'): string => digits.padStart(2, '0');

/**
 * The cell as an RFC 3339 time where it is a date, with or without a time of day, in ISO form or the declared one: without an offset it is
 * UTC. Anything else stays as it is, for the check of the line to complain about.
 */
export function isoOf(cell: string, form: DateForm = 'iso'): string {
  const found = (FORMS[form].exec(cell) ?? FORMS.iso.exec(cell))?.groups;
  if (found === undefined) return cell;
  const { yyyy = '', mm, dd, hh, mi, ss } = found;
  return `${yyyy}-${two(mm)}-${two(dd)}T${two(hh)}:${two(mi)}:${two(ss)}Z`;
}
