import { UNIT_PRICE } from '../options.js';
import type { PurchaseOrder, ReturnOrder } from './purchase-orders.js';

const each = (amount: number) => ({ unitOfMeasurement: 'EACH', amount: String(amount) });

/** A purchase order as `GET /v3/orders` shows it, without the customer's address. */
export const shownOrder = (order: PurchaseOrder): Readonly<Record<string, unknown>> => ({
  purchaseOrderId: order.purchaseOrderId,
  customerOrderId: order.customerOrderId,
  customerEmailId: 'shopper@relay.example',
  orderType: 'REGULAR',
  orderDate: order.createdAt,
  shippingInfo: {},
  orderLines: {
    orderLine: order.lines.map(({ lineNumber, sku, title, quantity }) => ({
      lineNumber,
      item: { productName: title, sku },
      charges: {
        charge: [{ chargeType: 'PRODUCT', chargeName: 'ItemPrice', chargeAmount: { currency: 'USD', amount: UNIT_PRICE } }],
      },
      orderLineQuantity: each(quantity),
      statusDate: order.modifiedAt,
      orderLineStatuses: { orderLineStatus: [{ status: order.status, statusQuantity: each(quantity) }] },
    })),
  },
  shipNode: { type: 'SellerFulfilled', id: order.shipNode },
});

/** A return that is over: units that come back were delivered to the seller, the others the customer keeps. */
export const shownReturn = ({ returnOrderId, order, modifiedAt, lines }: ReturnOrder): Readonly<Record<string, unknown>> => ({
  returnOrderId,
  customerOrderId: order.customerOrderId,
  returnOrderDate: new Date(modifiedAt).toISOString(),
  returnType: 'REFUND',
  returnOrderLines: lines.map(({ line, quantity, comesBack }, index) => ({
    returnOrderLineNumber: index + 1,
    purchaseOrderId: order.purchaseOrderId,
    purchaseOrderLineNumber: Number(line.lineNumber),
    item: { sku: line.sku, productName: line.title },
    quantity: { unitOfMeasure: 'EACH', measurementValue: quantity },
    refundedQty: quantity,
    returnExpectedFlag: comesBack,
    isKeepIt: !comesBack,
    currentDeliveryStatus: comesBack ? 'DELIVERED' : 'NOT_SHIPPED',
    currentRefundStatus: 'REFUND_COMPLETED',
    status: 'COMPLETED',
    statusTime: new Date(modifiedAt).toISOString(),
  })),
});

/** The same order as a webhook carries it. */
export const eventOrder = (order: PurchaseOrder): Readonly<Record<string, unknown>> => ({
  purchaseOrderId: order.purchaseOrderId,
  customerOrderId: order.customerOrderId,
  orderDate: new Date(order.createdAt).toISOString(),
  orderLines: order.lines.map(({ lineNumber, sku, title, quantity }) => ({
    lineNumber,
    sku,
    productName: title,
    quantity: { unitOfMeasure: 'EACH', measurementValue: quantity },
    status: order.status,
  })),
});
