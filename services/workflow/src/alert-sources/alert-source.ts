import type { WarehouseAlert, WarehouseTrouble } from '@holdfast/contracts';
import type { TroubleKey } from '@holdfast/warehouse';
import type { PoolClient } from 'pg';

/** A trouble as it is now, with what its alert says beside. */
export interface Trouble extends TroubleKey {
  /** Units, lines or days. */
  readonly figure: number;
  /** When it began, epoch milliseconds. */
  readonly since: number;
  readonly details?: Pick<WarehouseAlert, 'sku' | 'locationId' | 'lotId' | 'expiryDate' | 'documentId' | 'says'>;
}

/** One kind of trouble, looked for now and then. A new kind is a file like its neighbours and a line where they are listed. */
export interface AlertSource {
  readonly kind: WarehouseTrouble;
  readonly everyMs: number;
  /** Told once for each stage of a subject, without an end. */
  readonly isToldOnce?: true;
  /** All troubles that there are, at most `most`, oldest first. @param now epoch milliseconds */
  readonly troubles: (client: PoolClient, now: number, most: number) => Promise<readonly Trouble[]>;
}
