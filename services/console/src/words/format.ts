import { useMemo } from 'react';
import { useWords } from './words.js';

export interface Formats {
  /** Whole units with the separators of the language. */
  units(value: number): string;
  /** With its sign, for differences. */
  difference(value: number): string;
  /** Amounts and ratios, with two decimals. */
  money(value: number): string;
  /** Of hundred, with its sign. */
  percent(value: number): string;
  /** A day of UTC. */
  day(value: string): string;
  /** Date and time to the second. */
  time(value: string | number | Date): string;
  /** To the millisecond, with the zone. */
  exactTime(value: string | number | Date): string;
}

/** How figures and times are written in the language shown. */
export function useFormats(): Formats {
  const { locale } = useWords();
  return useMemo(() => {
    const units = new Intl.NumberFormat(locale);
    const difference = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
    const money = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
    const exact = new Intl.DateTimeFormat(locale, {
      ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
      fractionalSecondDigits: 3,
      timeZoneName: 'short',
    });
    return {
      units: (value) => units.format(value),
      difference: (value) => difference.format(value),
      money: (value) => money.format(value),
      percent: (value) => percent.format(value / 100),
      day: (value) => day.format(new Date(value)),
      time: (value) => time.format(new Date(value)),
      exactTime: (value) => exact.format(new Date(value)),
    };
  }, [locale]);
}
