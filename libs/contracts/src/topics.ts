const day = 86_400_000;

/** Every topic of Holdfast, with its layout and the key that keeps order. */
export const TOPICS = {
  erpStock: { name: 'erp.stock.v1', partitions: 4, cleanup: 'delete', retentionMs: 7 * day, key: 'tenant|sku' },
  erpStockDeadLetters: { name: 'erp.stock.dlq.v1', partitions: 1, cleanup: 'delete', retentionMs: 90 * day, key: 'tenant|sku' },
  /** How far ERP connections are read; the newest of each connection, nothing for one that is not polled any more. */
  erpReadings: { name: 'erp.readings.v1', partitions: 1, cleanup: 'compact', key: 'tenant|connection' },
  stockEvents: { name: 'inventory.stock-events.v1', partitions: 4, cleanup: 'delete', retentionMs: 7 * day, key: 'tenant|sku' },
  atp: { name: 'inventory.atp.v1', partitions: 4, cleanup: 'compact', key: 'tenant|sku|location' },
  channelAtp: { name: 'inventory.channel-atp.v1', partitions: 4, cleanup: 'compact', key: 'tenant|channel|sku' },
  /** Keyed as the sender likes, best by order: commands of one key are carried out in their order, and their results carry the same key. */
  reservationCommands: { name: 'reservation.commands.v1', partitions: 4, cleanup: 'delete', retentionMs: 7 * day, key: 'tenant|order' },
  reservationResults: { name: 'reservation.results.v1', partitions: 4, cleanup: 'delete', retentionMs: 7 * day, key: 'tenant|order' },
  reservationDeadLetters: {
    name: 'reservation.commands.dlq.v1',
    partitions: 1,
    cleanup: 'delete',
    retentionMs: 90 * day,
    key: 'tenant|order',
  },
  alerts: { name: 'inventory.alerts.v1', partitions: 1, cleanup: 'delete', retentionMs: 30 * day, key: 'tenant|sku' },
} as const;
