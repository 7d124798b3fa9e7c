import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Tables } from '@holdfast/read-model';

/** The live read model, as an injectable. */
@Injectable()
export class ReadTables implements Tables {
  constructor(
    readonly pool: Pool,
    readonly schema: string,
  ) {}
}
