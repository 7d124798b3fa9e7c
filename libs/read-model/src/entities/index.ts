import { ChannelAtpEntity } from './channel-atp.entity.js';
import { ChannelEntity } from './channel.entity.js';
import { CheckpointEntity } from './checkpoint.entity.js';
import { LocationEntity } from './location.entity.js';
import { PositionEntity } from './position.entity.js';
import { ProductEntity } from './product.entity.js';
import { ReservationEntity } from './reservation.entity.js';
import { StockEntity } from './stock.entity.js';

export { ChannelAtpEntity, ChannelEntity, CheckpointEntity, LocationEntity, PositionEntity, ProductEntity, ReservationEntity, StockEntity };

export const ENTITIES = [
  ProductEntity,
  LocationEntity,
  ChannelEntity,
  StockEntity,
  PositionEntity,
  ChannelAtpEntity,
  ReservationEntity,
  CheckpointEntity,
];
