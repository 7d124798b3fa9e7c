import type { MessageType } from '../schemas/messages.js';
import type { TOPICS } from '../topics.js';

export const MESSAGES_IN_WORDS: Readonly<Record<MessageType, string>> = {
  'holdfast.erp.level.v1': "The ERP's absolute figure of a SKU in a warehouse, as of a time.",
  'holdfast.erp.receipt.v1': 'Goods arrived in a warehouse.',
  'holdfast.erp.issue.v1': 'Goods left a warehouse; naming an order acknowledges its commit.',
  'holdfast.inventory.atp.v1': 'Stock of one SKU at one location after a change.',
  'holdfast.inventory.channel-atp.v1': 'What one channel may promise of one SKU, over all locations.',
  'holdfast.inventory.alert.v1': 'Stock that needs attention.',
  'holdfast.channel.alert.v1':
    'A sales channel that needs attention: telling it fails, or it shows what it should not, for longer than a bound; and the end of it.',
  'holdfast.erp.alert.v1': 'An ERP connection was not read within its bound: three intervals, at least five minutes; and the end of it.',
  'holdfast.warehouse.alert.v1':
    'Work or goods of a warehouse that need somebody: lots that expire, counts, requests and goods that wait; and the end of it.',
  'holdfast.erp.reading.v1': 'How far an ERP connection that is polled was read. No value: it is not polled any more.',
  'holdfast.reservation.reserve.v1': 'Hold stock for an order: all lines or none, or with partial what there is.',
  'holdfast.reservation.commit.v1': 'Take the units for good: all that is held, or the lines named.',
  'holdfast.reservation.release.v1': 'Free what is held: all of it, or the lines named.',
  'holdfast.reservation.extend.v1': 'Hold the units longer.',
  'holdfast.reservation.result.v1': 'What became of a command: the reservation as it is now, or why it was refused.',
};

type TopicId = keyof typeof TOPICS;

/** What a topic is for, and who writes on it as Holdfast sees it: `receive` from others, `send` to others. */
export const TOPICS_IN_WORDS: Readonly<Record<TopicId, { readonly action: 'send' | 'receive'; readonly about: string }>> = {
  erpStock: {
    action: 'receive',
    about: 'What ERP connectors publish. Messages of one SKU keep their order; the same message again changes nothing.',
  },
  erpStockDeadLetters: {
    action: 'send',
    about: 'ERP messages that could not be processed, as they came, with the reason; replayable after a fix.',
  },
  erpReadings: {
    action: 'send',
    about: 'How far each ERP connection that is polled was read: of one key only the newest message counts.',
  },
  stockEvents: {
    action: 'send',
    about: 'Every domain event, in its newest version. An event may come twice, with the same id.',
  },
  atp: {
    action: 'send',
    about:
      'Stock by SKU and location. Versions of a key count up by one without a gap; a message may come twice: keep the highest version seen and pass over any that is not higher.',
  },
  channelAtp: {
    action: 'send',
    about:
      'What channels may promise. Versions of a key count up by one without a gap; a message may come twice: keep the highest version seen and pass over any that is not higher.',
  },
  reservationCommands: {
    action: 'receive',
    about:
      'What channels ask of reservations. Commands of one key are carried out in their order; the same command again (source and id) changes nothing and is answered as it was the first time.',
  },
  reservationResults: {
    action: 'send',
    about:
      'What became of each command, under the key of the command. A result may come twice, with the same id; `data.command` says which command it answers.',
  },
  reservationDeadLetters: {
    action: 'send',
    about: 'Commands that could not be read or that a fault of Holdfast kept from being carried out, as they came, with the reason.',
  },
  alerts: {
    action: 'send',
    about: 'Low stock, stock-out, recovery and promises at risk; channels, ERPs and work of warehouses that need somebody.',
  },
};

/** Types of the CloudEvents on each topic. */
export const MESSAGES_OF_TOPICS: Readonly<Record<TopicId, readonly (MessageType | 'stock event' | 'dead letter')[]>> = {
  erpStock: ['holdfast.erp.level.v1', 'holdfast.erp.receipt.v1', 'holdfast.erp.issue.v1'],
  erpStockDeadLetters: ['dead letter'],
  erpReadings: ['holdfast.erp.reading.v1'],
  stockEvents: ['stock event'],
  atp: ['holdfast.inventory.atp.v1'],
  channelAtp: ['holdfast.inventory.channel-atp.v1'],
  reservationCommands: [
    'holdfast.reservation.reserve.v1',
    'holdfast.reservation.commit.v1',
    'holdfast.reservation.release.v1',
    'holdfast.reservation.extend.v1',
  ],
  reservationResults: ['holdfast.reservation.result.v1'],
  reservationDeadLetters: ['dead letter'],
  alerts: ['holdfast.inventory.alert.v1', 'holdfast.channel.alert.v1', 'holdfast.erp.alert.v1', 'holdfast.warehouse.alert.v1'],
};
