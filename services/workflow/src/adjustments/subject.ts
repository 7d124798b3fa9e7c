import { IsIdentifier, IsSku, Problem } from '@holdfast/platform';

const FAULT = 'The request has a fault';
const fault = (field: string, message: string): Problem => new Problem(400, 'validation_failed', FAULT, { details: [{ field, message }] });

/** The SKU that a request, or a line of it, is about, and where in it: by lot and bin, as far as the SKU has them. */
export class NamedStock {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsIdentifier({ optional: true, description: 'Only for a SKU that has lots', example: 'LOT-7' })
  readonly lotId?: string;

  @IsIdentifier({ optional: true, description: 'Only for a SKU that has lots or bins', example: 'A-01' })
  readonly binId?: string;
}

/**
 * @param path of the object in the request, such as `lines[0].`
 * @throws Problem 400 `validation_failed` where neither name of the SKU was sent, or two different ones
 */
export function skuNamed({ sku, productMasterId }: Pick<NamedStock, 'sku' | 'productMasterId'>, path = ''): string {
  if (sku !== undefined && productMasterId !== undefined && sku !== productMasterId) {
    throw fault(`${path}productMasterId`, 'must be the same as sku; send one of them');
  }
  const named = sku ?? productMasterId;
  if (named === undefined) throw fault(`${path}sku`, 'must be sent');
  return named;
}

/** @throws Problem 400 `validation_failed` where a lot or a bin is named: no SKU has them yet */
export function mustNameNoLot({ lotId, binId }: Pick<NamedStock, 'lotId' | 'binId'>, path = ''): void {
  if (lotId !== undefined) throw fault(`${path}lotId`, 'must be left out: the SKU has no lots');
  if (binId !== undefined) throw fault(`${path}binId`, 'must be left out: the SKU has no lots or bins');
}

/** @throws Problem 400 `validation_failed` where a bin is named: holds are of lots and locations */
export function mustNameNoBin({ binId }: Pick<NamedStock, 'binId'>, path = ''): void {
  if (binId !== undefined) throw fault(`${path}binId`, 'must be left out: hold the lot, or block the bin');
}

export const fieldFault = fault;
