import { IsIdentifierList, IsOneOf, IsText } from '@holdfast/platform';
import type { SettingFault } from '../port.js';
import { PollerSettings } from '../settings.js';

export const COMMANDS = ['LinxProdutosDetalhes', 'LinxProdutosInventario'] as const;
export type StockCommand = (typeof COMMANDS)[number];

/** A store is a call each, one after the other. */
const MOST_COMPANIES = 200;
const CNPJ = /^\d{14}$/;

export class MicrovixSettings extends PollerSettings {
  @IsText({ max: 20, pattern: /^\d+$/, description: 'Number of the portal at Microvix', example: '10431' })
  readonly portal!: string;

  @IsIdentifierList({ max: MOST_COMPANIES, description: 'CNPJ of each store that is read, 14 digits' })
  readonly companies!: readonly string[];

  @IsOneOf(COMMANDS, {
    optional: true,
    description:
      'LinxProdutosDetalhes (when left out): what moved since the last complete scan, a figure for each store; LinxProdutosInventario: the whole balance, a figure for each depot',
  })
  readonly command?: StockCommand;

  @IsText({
    max: 60,
    optional: true,
    description: 'Time zone of the days of Microvix; America/Sao_Paulo when left out',
    example: 'America/Sao_Paulo',
  })
  readonly timeZone?: string;

  @IsOneOf(['comma', 'point'], {
    optional: true,
    description: 'Decimal mark of quantities; when left out, quantities with a comma or a point are refused, because 1,234 could be both',
  })
  readonly decimal?: 'comma' | 'point';
}

const TIME_ZONE = 'America/Sao_Paulo';

export const commandOf = ({ command }: MicrovixSettings): StockCommand => command ?? 'LinxProdutosDetalhes';
export const timeZoneOf = ({ timeZone }: MicrovixSettings): string => timeZone ?? TIME_ZONE;

export function settingFaults(settings: MicrovixSettings): readonly SettingFault[] {
  const wrong = settings.companies.findIndex((company) => !CNPJ.test(company));
  return [
    ...(wrong < 0
      ? []
      : [{ field: `settings.companies[${String(wrong)}]`, message: 'must be a CNPJ of 14 digits, without dots and dashes' }]),
    ...(new Set(settings.companies).size === settings.companies.length
      ? []
      : [{ field: 'settings.companies', message: 'must name each CNPJ once' }]),
    ...(isTimeZone(timeZoneOf(settings))
      ? []
      : [{ field: 'settings.timeZone', message: 'must be a time zone by name, such as America/Sao_Paulo' }]),
  ];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-CA', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
