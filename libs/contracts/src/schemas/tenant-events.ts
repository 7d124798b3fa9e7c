import {
  BIN_KINDS,
  type Bin,
  type ChannelEvent,
  type ChannelPolicy,
  type ChannelTtl,
  type LocationEvent,
  type SourceRule,
} from '@holdfast/inventory';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import type { NumberSchema } from './json-schema.js';
import { flag, identifier, listOf, oneOfStrings, text, units } from './primitives.js';

const milliseconds = (description: string): NumberSchema => ({ type: 'integer', description, minimum: 1 });

type LocationOf<Type extends LocationEvent['type']> = Extract<LocationEvent, { readonly type: Type }>;
type ChannelOf<Type extends ChannelEvent['type']> = Extract<ChannelEvent, { readonly type: Type }>;

const percent: NumberSchema = {
  type: 'number',
  description: "Per cent of a location's units kept from the channel.",
  minimum: 0,
  maximum: 100,
};

const degrees = (description: string, most: number): NumberSchema => ({ type: 'number', description, minimum: -most, maximum: most });

const location = {
  locationId: identifier('Location.'),
  name: text('Name.'),
  kind: oneOfStrings('What it is.', ['warehouse', 'store', 'regional_hub', 'destruction']),
  priority: { type: 'integer', description: 'Lower numbers serve first.' } satisfies NumberSchema,
  sellableBeforePutAway: { optional: flag('Whether units in receiving bins are sellable; they are where missing.') },
  timeZone: { optional: text('Of the IANA database; that of the main location where it is missing.', 100) },
  blocked: { optional: flag('Whether nothing of it may leave; missing where it was and is open.') },
  latitude: { optional: degrees('Degrees, north positive.', 90) },
  longitude: { optional: degrees('Degrees, east positive.', 180) },
  country: { optional: text('ISO 3166-1, two letters.', 2) },
  postalCode: { optional: text('Postal code.', 20) },
  region: { optional: text("Region of the tenant's own making.", 100) },
};

const bin = objectOf<Bin>({
  binId: identifier('Bin, unique within its location.'),
  kind: oneOfStrings('What it is for.', BIN_KINDS),
  sequence: { type: 'integer', description: 'Lower numbers are filled and picked first.', minimum: 0 },
  capacityUnits: { description: 'Units of all SKUs together; null for no limit.', oneOf: [units('Units.'), { type: 'null' }] },
  allowMixedSkus: flag('Whether several SKUs may lie in it.'),
  allowMixedLots: flag('Whether several lots of a SKU may lie in it.'),
  sellable: flag('Whether what lies in it may be promised.'),
  fixedSkus: listOf(identifier('SKU.'), 'SKUs that are put here before any other bin.'),
  blocked: flag('Whether nothing is put into it.'),
});

const channel = {
  channelId: identifier('Channel.'),
  name: text('Name.'),
  channelType: text('What it is, such as webhook.', 100),
  policy: objectOf<ChannelPolicy>({
    policyId: text('Policy.', 100),
    bufferUnits: units('Units per location kept from the channel.'),
    bufferPercent: percent,
    lowThreshold: units('At or below so many promised units: LOW.'),
    criticalThreshold: units('At or below so many promised units: CRITICAL.'),
  }),
  sourcePolicy: {
    optional: objectOf<SourceRule>(
      {
        name: text('Policy, such as nearest.', 100),
        options: {
          optional: { type: 'object', description: 'What the policy was told.', properties: {}, required: [], additionalProperties: true },
        },
      },
      { description: 'How reservations of the channel find their locations; by priority where there is none.' },
    ),
  },
  ttl: {
    optional: objectOf<ChannelTtl>(
      {
        defaultMs: milliseconds('Of a request that names none, milliseconds.'),
        leastMs: milliseconds('Shortest allowed, milliseconds.'),
        mostMs: milliseconds('Longest allowed, milliseconds.'),
      },
      { description: 'How long reservations of the channel live.' },
    ),
  },
};

/** Fields of every event of a `locations-{tenant}` stream. */
export const locationEventFields: { readonly [Type in LocationEvent['type']]: Fields<LocationOf<Type>> } = {
  LocationRegistered: location,
  LocationChanged: location,
  BinsSet: { locationId: identifier('Location.'), bins: listOf(bin, 'Bins that were added or changed, each with all its fields.') },
};

/** Fields of every event of a `channels-{tenant}` stream. */
export const channelEventFields: { readonly [Type in ChannelEvent['type']]: Fields<ChannelOf<Type>> } = {
  ChannelEnabled: channel,
  ChannelChanged: channel,
  ChannelDisabled: { channelId: identifier('Channel.') },
};
