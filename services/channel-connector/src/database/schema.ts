import type { DatabaseSchema } from '@holdfast/runtime';
import { ChannelEntity } from '../channels/channel.entity.js';
import { HistoryEntity } from '../history/history.entity.js';
import { ListingEntity } from '../mappings/listing.entity.js';
import { CreateChannels1700000000000 } from './1700000000000-create-channels.migration.js';
import { Discoveries1700000000002 } from './1700000000002-discoveries.migration.js';
import { Conflicts1700000000004 } from './1700000000004-conflicts.migration.js';
import { AgeOfFigures1700000000006 } from './1700000000006-age-of-figures.migration.js';
import { ChannelAlerts1700000000007 } from './1700000000007-channel-alerts.migration.js';
import { CompareAt1700000000005 } from './1700000000005-compare-at.migration.js';
import { FoundMemos1700000000012 } from './1700000000012-found-memos.migration.js';
import { KeptStock1700000000008 } from './1700000000008-kept-stock.migration.js';
import { RecentFigures1700000000009 } from './1700000000009-recent-figures.migration.js';
import { ReconcileFault1700000000010 } from './1700000000010-reconcile-fault.migration.js';
import { OrderAge1700000000011 } from './1700000000011-order-age.migration.js';
import { ConfirmedPosition1700000000013 } from './1700000000013-confirmed-position.migration.js';
import { LeastVersion1700000000014 } from './1700000000014-least-version.migration.js';
import { FigureAtPlaces1700000000015 } from './1700000000015-figure-at-places.migration.js';
import { RecentPlaces1700000000016 } from './1700000000016-recent-places.migration.js';
import { ChannelTuning1700000000017 } from './1700000000017-channel-tuning.migration.js';
import { Providers1700000000001 } from './1700000000001-providers.migration.js';
import { Inbound1700000000003 } from './1700000000003-inbound.migration.js';

export const channelsEntities = [ChannelEntity, ListingEntity, HistoryEntity];

export const channelsSchema: DatabaseSchema = {
  name: 'channels',
  entities: channelsEntities,
  migrations: [
    CreateChannels1700000000000,
    Providers1700000000001,
    Discoveries1700000000002,
    Inbound1700000000003,
    Conflicts1700000000004,
    CompareAt1700000000005,
    AgeOfFigures1700000000006,
    ChannelAlerts1700000000007,
    KeptStock1700000000008,
    RecentFigures1700000000009,
    ReconcileFault1700000000010,
    OrderAge1700000000011,
    FoundMemos1700000000012,
    ConfirmedPosition1700000000013,
    LeastVersion1700000000014,
    FigureAtPlaces1700000000015,
    RecentPlaces1700000000016,
    ChannelTuning1700000000017,
  ],
};
