import { isIdentifier } from '@holdfast/kit';
import fc from 'fast-check';
import { orderReservationId, parseReservationId, singleReservationId } from './reservation-id.js';

const uuid = '0b0e7b3c-5d2c-4f0a-9b1e-0a4c8a6d7e55';

describe('the id of a reservation', () => {
  it('carries the SKU of an order of one SKU, whatever is in its name', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9._~:/+-]([A-Za-z0-9._~:/+ -]{0,98}[A-Za-z0-9._~:/+-])?$/).filter(isIdentifier), (sku) => {
        const reservationId = singleReservationId(sku, uuid);
        expect(parseReservationId(reservationId)).toEqual({ kind: 'single', reservationId, sku });
      }),
    ));

  it('carries nothing but itself for an order of several SKUs', () => {
    const reservationId = orderReservationId(uuid);
    expect(parseReservationId(reservationId)).toEqual({ kind: 'order', reservationId });
  });

  it.each(['..', '\0', 'TEE\0', 'TEE\ud800', 'größe', 'x'.repeat(101)])('names no SKU that cannot be: %j', (sku) =>
    expect(parseReservationId(singleReservationId(sku, uuid))).toBeUndefined(),
  );

  it.each(['', 'ro_', `ro_${uuid}x`, `rs_.${uuid}`, `rs_QQ.not-a-uuid`, `rs_QR.${uuid}`, `rx_QQ.${uuid}`, `ro_${uuid}/../x`])(
    'is not %p',
    (other) => expect(parseReservationId(other)).toBeUndefined(),
  );
});
