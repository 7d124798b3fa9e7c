import { SKU_EVENTS, type SkuEvent } from '@holdfast/inventory';
import type { MessageType } from '../schemas/messages.js';
import { STREAMS, type DomainEvent, type StreamFamilyName } from '../streams/families.js';
import type { TOPICS } from '../topics.js';

export const FAMILIES_IN_WORDS: Readonly<
  Record<StreamFamilyName, { readonly title: string; readonly stream: string; readonly about: string }>
> = {
  stock: {
    title: 'Stock of a SKU',
    stream: STREAMS.stock.streamOf('{tenant}', '{sku}'),
    about: 'Balances by location, reservations and the journal that reconciles ERP figures: one consistency boundary.',
  },
  order: {
    title: 'Orders over several SKUs',
    stream: STREAMS.order.streamOf('{tenant}', '{reservationId}'),
    about: 'The process that holds, commits and releases the SKUs of one order together.',
  },
  transfer: {
    title: 'Transfers',
    stream: STREAMS.transfer.streamOf('{tenant}', '{transferId}'),
    about: 'Stock that is shipped from one location to another.',
  },
  request: {
    title: 'Stock requests',
    stream: STREAMS.request.streamOf('{tenant}', '{requestId}'),
    about: 'What somebody asked for, who approved it, what is reserved for it and what was shipped.',
  },
  count: {
    title: 'Cycle counts',
    stream: STREAMS.count.streamOf('{tenant}', '{batchId}'),
    about: 'A batch of counts at one location: what people counted and what was decided on the differences.',
  },
  adjustment: {
    title: 'Adjustments',
    stream: STREAMS.adjustment.streamOf('{tenant}', '{adjustmentId}'),
    about: 'The process that corrects the stock of several SKUs for one reason, with an outcome for each line.',
  },
  replrule: {
    title: 'Replenishment',
    stream: STREAMS.replrule.streamOf('{tenant}', '{sku}.{locationId}'),
    about: 'The rule of a SKU at a location and the orders that it led to: no two runs order for the same need.',
  },
  rebalance: {
    title: 'Rebalancing',
    stream: STREAMS.rebalance.streamOf('{tenant}', '{policyId}'),
    about: 'How stock is balanced between locations, and the moves that were proposed: two runs never propose the same units twice.',
  },
  hold: {
    title: 'Holds over several SKUs',
    stream: STREAMS.hold.streamOf('{tenant}', '{holdId}'),
    about: 'The process that holds units of several SKUs for one reason, with an outcome for each line.',
  },
  putaway: {
    title: 'Put-away',
    stream: STREAMS.putaway.streamOf('{tenant}', '{taskId}'),
    about: 'The process that finds bins for units of a SKU, claims their space and moves the units there.',
  },
  bin: {
    title: 'Space in bins',
    stream: STREAMS.bin.streamOf('{tenant}', '{locationId}.{binId}'),
    about: 'Space that is kept in a bin for units on their way there, over all SKUs. Dots of the location are written `!`.',
  },
  locations: { title: 'Locations', stream: STREAMS.locations.streamOf('{tenant}'), about: 'Where stock lies.' },
  channels: {
    title: 'Channels',
    stream: STREAMS.channels.streamOf('{tenant}'),
    about: 'Where stock is sold, and how much of it each may promise.',
  },
};

const skuEventsInWords = Object.fromEntries(Object.entries(SKU_EVENTS).map(([type, { words }]) => [type, words])) as Record<
  SkuEvent['type'],
  string
>;

export const EVENTS_IN_WORDS: Readonly<Record<DomainEvent['type'], string>> = {
  ...skuEventsInWords,
  OrderStarted: 'An order of several SKUs began to hold them.',
  OrderHeld: 'Every SKU of the order is held.',
  OrderRefused: 'Something was short; what had been held is free again.',
  OrderCommitStarted: 'The decision to commit. A process that resumes it commits as of its time.',
  OrderCommitted: 'Every SKU of the commit left for good.',
  OrderCommitFailed: 'A hold had run out; what this commit took was given back and the other holds were let go.',
  OrderReductionStarted: 'The decision to let a part of the holds go.',
  OrderReduced: 'The part is free again; the rest stays held.',
  OrderReleaseStarted: 'The decision to let every hold go.',
  OrderReleased: 'Every hold of the order is free again, as asked for.',
  OrderExpiryStarted: 'The time of the order was over.',
  OrderExpired: 'Every hold of the order is free again, as its time was over.',
  OrderContinued: 'The holds of a large order are still being placed: a sign of life of the process that places them.',
  OrderExtended: 'Every hold of the order lives longer.',
  TransferCreated: 'A transfer was planned.',
  ShipmentStarted: 'Every SKU of the transfer is being shipped.',
  Shipped: 'All is in transit.',
  ShipmentTurnedBack: 'A SKU was short; what the others shipped is to go back.',
  ShipmentFailed: 'What had been shipped went back; the transfer may be shipped again.',
  ReceiptStarted: 'Part of the transfer, or all of it, is being received.',
  ReceiptRecorded: 'The receipt is in the stock of its SKUs.',
  CancelStarted: 'The transfer is being cancelled.',
  Cancelled: 'What was still in transit went back to its source.',
  CloseStarted: 'Nothing more of the transfer will arrive; what is in transit is being written off, with the reason.',
  Closed: 'What was still in transit is lost.',
  RequestCreated: 'Somebody wrote down what is needed, where and when.',
  RequestEdited: 'The draft was changed, or the priority or day of a submitted request.',
  RequestDeleted: 'The draft was given up.',
  RequestSubmitted: 'The request asks for approval; its lines stay as they are.',
  RequestApprovalStarted: 'Another person approved, and the units are being reserved.',
  RequestApproved: 'What was approved is reserved, as far as it was there.',
  RequestApprovalFailed: 'A line was short; what the others had reserved is free again.',
  RequestRejected: 'The request was refused, with the reason.',
  RequestReleaseStarted: 'The reservations of the request are being released.',
  RequestReleased: 'Nothing is reserved for the request any more.',
  RequestRolledBack: 'The request went back by one step.',
  RequestFulfilmentStarted: 'Work on the request began; nothing was shipped yet.',
  RequestShipmentStarted: 'Units of the request are being shipped from its reservations.',
  RequestShipped: 'These units left, into a transfer or as use.',
  RequestShipmentFailed: 'A line could not be shipped, so none was.',
  RequestShipmentReturned: 'The transfer of a shipment was cancelled: these units are back, free, and still to be shipped.',
  RequestReservationsChecked: 'A reservation of the request ended by time, or got units that it waited for.',
  RequestCommented: 'Somebody added a comment.',
  CountBatchCreated: 'SKUs of a location are to be counted.',
  CountStarted: 'Counting began.',
  CountsRecorded: 'A person counted lines, each with what was recorded of its SKU as of then.',
  CountLineAdded: 'A SKU was found that was on no line.',
  CountLineRemoved: 'An added line was taken back.',
  CountSubmitted: 'All lines were counted: each is accepted, counted again by another person, or waits for a reviewer.',
  CountLinesResolved: 'A person decided on lines in review.',
  CountLinesBooked: 'The differences of accepted lines are in the stock of their SKUs.',
  CountStockHeld: 'The stock of lines is held while it is counted.',
  CountStockReleased: 'Holds of lines that are decided, or of a batch that ended, are over.',
  CountBatchCancelled: 'The batch ended and nothing was booked.',
  AdjustmentStarted: 'Every line of the adjustment was validated and is being applied to its SKU.',
  AdjustmentCompleted: 'Every line was applied or refused.',
  ReplenishmentRuleSet: 'The rule of a SKU at a location, in place of the one before.',
  ReplenishmentEvaluated: 'A run suggested or ordered units, replaced a suggestion, or reviewed a periodic rule.',
  ReplenishmentRequested: 'A person ordered units beside any rule.',
  ReplenishmentApproved: 'A suggestion is to be ordered.',
  ReplenishmentRejected: 'A suggestion is not to be ordered.',
  RebalancingPolicySet: 'How stock is balanced was set or changed.',
  RebalancingProposed: 'A run found what to move; proposals of earlier runs that nobody decided on are replaced.',
  RebalancingApproved: 'Somebody approved a move, or a part of it.',
  RebalancingRejected: 'Somebody did not want a move; within the quiet time it is not proposed again.',
  RebalancingPlaced: 'The transfer of the move is created.',
  RebalancingEnded: 'The transfer has ended: its units arrived, or none did.',
  ReplenishmentPlaced: "The order's transfer is created, or its delivery announced.",
  ReplenishmentStarted: 'The transfer was shipped, or a part of the delivery received.',
  ReplenishmentReceived: 'All units of the order arrived.',
  ReplenishmentCancelStarted: 'The decision to end an order.',
  ReplenishmentCancelled: 'The order ended without being received in full.',
  HoldCallStarted: 'Every line was validated, and its units are being held in the stream of their SKU.',
  HoldCallCompleted: 'Every line is held or was refused.',
  PutAwayStarted: 'Bins are being looked for. Nothing has moved.',
  PutAwayPlanned: 'Bins were found for what has none yet; their space is being claimed.',
  PutAwayClaimed: 'The bins answered.',
  PutAwayAssigned: 'Somebody is to do it.',
  PutAwayMoveStarted: 'Units were put into their bins; the streams of the SKU and the bins are being told.',
  PutAwayMoved: 'The streams were told, or the SKU refused.',
  PutAwayCancelStarted: 'The claims of the task are being ended.',
  PutAwayCancelled: 'Every claim of the task has ended.',
  SpaceClaimed: 'Space is kept for units that are on their way into the bin.',
  ClaimMoved: 'Units of a claim lie in the bin now.',
  ClaimEnded: 'What was open of a claim is free again.',
  LocationRegistered: 'A location became known.',
  LocationChanged: 'What is known of a location changed.',
  BinsSet: 'Bins of a location were added or changed.',
  ChannelEnabled: 'A channel may promise stock under its policy.',
  ChannelChanged: "A channel's name or policy changed.",
  ChannelDisabled: 'A channel may promise nothing any more.',
};

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
