import { IsIdentifierList, IsText, IsWholeNumber } from '@holdfast/platform';
import { PollerSettings } from '../settings.js';

const MAX_URL_LENGTH = 2_000;
const MAX_NAMED = 200;

export class SapSettings extends PollerSettings {
  @IsIdentifierList({ max: MAX_NAMED, optional: true, description: 'Plants that are read; all when left out' })
  readonly plants?: readonly string[];

  @IsIdentifierList({ max: MAX_NAMED, optional: true, description: 'Storage locations that are read; all when left out' })
  readonly storageLocations?: readonly string[];

  @IsIdentifierList({ max: 20, optional: true, description: 'Stock types that can be sold; 01 (unrestricted use) when left out' })
  readonly stockTypes?: readonly string[];

  @IsWholeNumber({ min: 1, max: 50_000, optional: true, description: 'Rows of a page; 5000 when left out' })
  readonly pageSize?: number;

  @IsWholeNumber({
    min: 1,
    max: 4,
    optional: true,
    description: 'Calls at a time, 2 when left out. From 2 on later pages are asked for while one is taken in',
  })
  readonly concurrency?: number;
}

export class SapCredentials {
  @IsText({ optional: true, description: 'Communication user of scenario SAP_COM_0164' })
  readonly username?: string;

  @IsText({ optional: true })
  readonly password?: string;

  @IsText({ max: 500, optional: true, description: 'OAuth 2.0 client credentials' })
  readonly clientId?: string;

  @IsText({ max: 500, optional: true })
  readonly clientSecret?: string;

  @IsText({ max: MAX_URL_LENGTH, optional: true, description: 'Address that gives tokens' })
  readonly tokenUrl?: string;

  @IsText({ max: 500, optional: true, description: 'Key of the API hub' })
  readonly apiKey?: string;
}

export const pageSizeOf = ({ pageSize }: SapSettings): number => pageSize ?? 5_000;
export const callsAtOnce = ({ concurrency }: SapSettings): number => concurrency ?? 2;
export const stockTypesOf = ({ stockTypes }: SapSettings): readonly string[] => stockTypes ?? ['01'];
