import type {
  CommandCommitLine,
  CommandDestination,
  CommandLine,
  CommandLot,
  CommitCommand,
  ExtendCommand,
  ReleaseCommand,
  ReservationResult,
  ReservationView,
  ReservationViewLine,
  ReserveCommand,
} from '../reservation-messages.js';
import { objectOf } from './fields.js';
import type { NumberSchema, ObjectSchema } from './json-schema.js';
import {
  decimal,
  explainedTakes,
  flag,
  identifier,
  listOf,
  madeId,
  oneOfStrings,
  sentIdentifier,
  sentSku,
  text,
  time,
  units,
} from './primitives.js';

const MAX_LINES = 2_000;
const MAX_LOTS = 100;
const MAX_TTL_SECONDS = 86_400;

const closed = { closed: true } as const;
const sku = sentSku('Stock keeping unit.');
const orderId = 'Order of the shop.';
const channelId = 'Channel that sells.';
const reservationId = madeId('As the result of the reserve command names it.');
const line = objectOf<CommandLine>({ sku, quantity: units('Units.', 1) }, closed);
const lines = (description: string) => ({ ...listOf(line, description, MAX_LINES), minItems: 1 });
const seconds = (description: string): NumberSchema => ({ type: 'integer', description, minimum: 1, maximum: MAX_TTL_SECONDS });
const degrees = (description: string, most: number): NumberSchema => ({ type: 'number', description, minimum: -most, maximum: most });

const destination = objectOf<CommandDestination>(
  {
    latitude: { optional: degrees('Degrees, north positive; with longitude.', 90) },
    longitude: { optional: degrees('Degrees, east positive; with latitude.', 180) },
    country: { optional: { type: 'string', description: 'ISO 3166-1, two letters.', pattern: '^[A-Z]{2}$' } },
    postalCode: { optional: { ...text('With country.', 20), minLength: 1 } },
    region: { optional: { ...text('As the locations call it.', 100), minLength: 1 } },
  },
  { ...closed, description: 'Where it is to go, for channels that choose locations by it; not kept.' },
);

const reserve = objectOf<ReserveCommand>(
  {
    items: lines('What to hold; lines of one SKU are added up before anything is decided.'),
    orderId: sentIdentifier(orderId),
    ttl: { optional: seconds('Seconds that the units stay held, within the bounds of the channel; its default when not given.') },
    channelId: { optional: sentIdentifier(channelId) },
    locationId: { optional: sentIdentifier('Only this location may serve the order.') },
    destination: { optional: destination },
    holderId: { optional: sentIdentifier('Customer or session that the units are for; what it has open may be limited.') },
    partial: { optional: flag('Hold what there is instead of all or nothing.') },
    backorder: { optional: flag('What is missing may wait for supply, where the SKU allows it.') },
    soldAt: {
      optional: time('When the units were sold, where that was earlier; within the last 31 days. Commits that say none take it over.'),
    },
  },
  { ...closed, description: 'Hold stock for an order.' },
);
const lot = objectOf<CommandLot>({ lotId: sentIdentifier('Lot.'), quantity: units('Units.', 1) }, closed);
const lots = { ...listOf(lot, 'Lots that the units are of, whatever expires first; the rest is chosen by expiry.', MAX_LOTS), minItems: 1 };
const allowUncovered = { optional: flag('Units leave although fewer may leave by what is recorded.') };
const commitLine = objectOf<CommandCommitLine>({ sku, quantity: units('Units.', 1), lots: { optional: lots }, allowUncovered }, closed);
const commitLines = { ...listOf(commitLine, 'Commit these units only; all that is held when not given.', MAX_LINES), minItems: 1 };
const commit = objectOf<CommitCommand>(
  {
    reservationId,
    lines: { optional: commitLines },
    lots: { optional: lots },
    allowUncovered,
    soldAt: {
      optional: time(
        'When the units were sold, where that was earlier; within the last 31 days. What the reservation says when not given.',
      ),
    },
  },
  { ...closed, description: 'Take the units for good.' },
);
const release = objectOf<ReleaseCommand>(
  { reservationId, lines: { optional: lines('Let these units go only; all that is held when not given.') } },
  { ...closed, description: 'Free what is held: all of it, or the lines named.' },
);
const extend = objectOf<ExtendCommand>(
  { reservationId, ttl: seconds('New time to live in seconds, counted from when the command is carried out.') },
  { ...closed, description: 'Hold the units longer.' },
);

const viewLine = objectOf<ReservationViewLine>({
  sku: identifier('Stock keeping unit.'),
  requested: units('Units asked for.'),
  quantity: units('Units held at first.'),
  committed: units('Of these, committed so far.'),
  released: { optional: units('Units let go of in parts before the reservation ended; what its end itself sets free is not counted.') },
  sources: explainedTakes('Where the units come from.'),
  waiting: {
    optional: objectOf<NonNullable<ReservationViewLine['waiting']>>(
      {
        quantity: units('Units.', 1),
        expectedAt: { optional: time('When the last of them is expected as things stand; missing where too little is to come.') },
      },
      { description: 'Units that wait for supply.' },
    ),
  },
});
const view = objectOf<ReservationView>(
  {
    reservationId: madeId('Reservation.'),
    orderId: identifier(orderId),
    status: madeId('held, committed, released, expired and so on.'),
    expiresAt: time('When the hold ends by itself.'),
    channelId: { optional: identifier(channelId) },
    lines: listOf(viewLine, 'One line a SKU.'),
  },
  { description: 'The reservation as it is now; only of a command that was done.' },
);
const anything: ObjectSchema = { type: 'object', properties: {}, required: [], additionalProperties: true };

const result = objectOf<ReservationResult>(
  {
    commandId: madeId('Made of tenant, source and id of the command; the one that the events carry.'),
    command: objectOf<ReservationResult['command']>(
      {
        source: text('Source of the command.'),
        id: madeId('Id of the command.'),
        kind: oneOfStrings('What was asked for.', ['reserve', 'commit', 'release', 'extend']),
      },
      { description: 'Which command this answers.' },
    ),
    outcome: oneOfStrings('failed: a fault of Holdfast; the command is a dead letter too, and may be sent again.', [
      'done',
      'refused',
      'failed',
    ]),
    status: { type: 'integer', description: 'What HTTP would have answered.', minimum: 200, maximum: 599 },
    reservation: { optional: view },
    position: { optional: decimal('Position of the newest event that the answer reflects, decimal.') },
    error: {
      optional: objectOf<NonNullable<ReservationResult['error']>>(
        {
          code: madeId('Stable code, the same as over HTTP.'),
          message: text('In words.', 2_000),
          details: listOf(anything, 'Figures of a refusal, such as what is free where.'),
        },
        { description: 'Why it was refused.' },
      ),
    },
  },
  { description: 'What became of a command.' },
);

/** Data of the messages of reservations over a topic, by their types. */
export const reservationMessageSchemas = {
  'holdfast.reservation.reserve.v1': reserve,
  'holdfast.reservation.commit.v1': commit,
  'holdfast.reservation.release.v1': release,
  'holdfast.reservation.extend.v1': extend,
  'holdfast.reservation.result.v1': result,
} as const satisfies Readonly<Record<string, ObjectSchema>>;
